import { buildApp } from './build-app.ts';
import { progressLines } from '#cli/progress-lines.ts';
import { runScript } from './run-script.ts';

/** `npm run build`: the app into out/, unless it is there already from these very sources. */
await runScript(async () => {
  await buildApp(progressLines());
  return 0;
});
