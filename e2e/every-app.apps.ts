import { all } from './apps/all.ts';
import { testApps } from './apps/run-app.ts';

testApps(all);
