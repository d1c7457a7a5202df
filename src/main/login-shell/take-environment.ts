import type { Log } from '#host/observability/log.ts';
import { askShell } from './ask-shell.ts';
import { additions, startedByShell } from './environment.ts';

/**
 * Gives this process the environment of the person's login shell where a dock or a menu has started it, as if it had been started at a
 * terminal: credential programs are found, and KUBECONFIG and proxies count. Without an answer it stays as it is. Never rejects.
 */
export async function takeLoginEnvironment(env: NodeJS.ProcessEnv, log: Log): Promise<void> {
  if (process.platform === 'win32' || startedByShell(env)) return;
  const told = await askShell({ env });
  if ('problem' in told) {
    log.warn(
      { reason: told.problem },
      'The environment of the login shell is not known; PATH, KUBECONFIG and proxies may be missing',
    );
    return;
  }
  const added = additions(env, told.variables);
  Object.assign(env, added);
  log.info({ variables: Object.keys(added) }, 'The environment of the login shell was taken');
}
