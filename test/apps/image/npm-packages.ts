import type { BuildContext } from '#local-cluster/build/artefact.ts';
import { findNpm, npmEnvironment } from '#local-cluster/image/code-server-layer.ts';
import { runCommand } from '#local-cluster/run-command.ts';

/** Fetches what the lock file in a folder pins into its `node_modules`; no package may run a script. `whose` is for the words: `the host`. */
export async function fetchNpmPackages(context: BuildContext, whose: string, folder: string): Promise<void> {
  const npm = await findNpm(context);
  const doing = `Fetching ${whose}'s npm packages`;
  context.report({ step: doing });
  const args = [npm, 'ci', '--ignore-scripts', '--omit=dev', '--no-fund', '--no-audit', '--loglevel=error'];
  await runCommand(process.execPath, args, {
    cwd: folder,
    env: npmEnvironment(process.env, {}),
    doing,
    signal: context.signal,
    remedy: 'Mend the cause above (often the network) and run the command again.',
  });
}
