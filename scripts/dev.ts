import { createServer } from 'vite';
import { uiConfig } from '../ui.config.ts';
import { runInForeground } from './child.ts';
import { inRepository } from './repository.ts';
import { runScript } from './run-script.ts';

/** Where Vite listens: the specification's port. No other is taken, since the host is told of it. */
const port = 5173;

/**
 * `npm run dev`: the host, with the UI from its sources; what is saved is seen at once. Arguments go to `guildnet serve`. The host itself
 * is not started anew when its code changes.
 */
async function main(): Promise<number> {
  const vite = await createServer({
    ...uiConfig,
    configFile: false,
    root: inRepository('src', 'renderer'),
    server: { host: 'localhost', port, strictPort: true },
  });
  try {
    await vite.listen();
    const env = { ...process.env, UI_DEV_ORIGIN: `http://localhost:${String(port)}` };
    return await runInForeground(
      process.execPath,
      [inRepository('src', 'cli', 'main.ts'), 'serve', ...process.argv.slice(2)],
      { env },
    );
  } finally {
    await vite.close();
  }
}

await runScript(main);
