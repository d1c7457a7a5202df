import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { app } from 'electron';
import { defaultPaths } from '#local-cluster/paths.ts';

// What V8 made of the app's code is kept for the next start, which saves a third of the time that the code takes to be there. A folder that
// cannot be written is no failure: then it is made anew each time. Node checks what is kept against the code, and replaces it.
enableCompileCache(join(defaultPaths(process.env).cache, 'compiled'));
// Loaded by this and not by an import above, which would come before it. It comes before Electron is ready all the same: both are this one turn.
import('./app.ts').catch((error: unknown) => {
  process.stderr.write(
    `GuildNet could not be loaded: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  app.exit(1);
});
