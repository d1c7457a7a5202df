import { everyTime } from './apps/all.ts';
import { testApps } from './apps/run-app.ts';

testApps(everyTime, ['frame', 'tab', 'window']);
