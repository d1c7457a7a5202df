import { createSecureContext } from 'node:tls';
import { isatty } from 'node:tty';
import { runBounded } from '../../run-bounded.ts';
import { interactiveModeOf } from '../kubeconfig/check-entries.ts';
import type { Choice } from '../kubeconfig/choose.ts';
import { authProvider } from './auth-provider.ts';
import { credentialPlugin } from './credential-plugin.ts';
import type { CredentialPlugin } from './credential-plugin.ts';
import { execInfo, readExecCredential } from './exec-credential.ts';
import type { GivenCredential } from './exec-credential.ts';
import { findCommand } from './find-command.ts';
import { saidByPlugin } from './said.ts';
import { endError, pluginError } from './plugin-error.ts';

/**
 * The credential plugins of this process, which outlive single connections: what one of them gave, who waits for it, and how long it
 * is left alone after failures.
 */
export interface PluginRegistry {
  /** The plugin, or the provider that is built in, which the chosen user names. `authority`: the cluster's CA in PEM, for plugins that want to know the cluster. */
  pluginOf(choice: Choice, authority: () => Promise<Buffer | undefined>): CredentialPlugin;
  /** A person is there and wants it tried: waits are over, and each plugin may ask for a login once more. */
  personAsks(): void;
  /** Ends what runs. */
  close(): void;
}

export interface RegistryOptions {
  env?: NodeJS.ProcessEnv;
  /** Whether a person sits at our standard input and sees our error output. */
  atTerminal?: () => boolean;
  /** How long a program may take, in milliseconds: long enough to log in by a browser, which no terminal is needed for. */
  limitMs?: number;
  /** The same where it asks at our terminal. */
  interactiveLimitMs?: number;
}

export function createPluginRegistry({
  env = process.env,
  atTerminal = () => isatty(0) && isatty(2),
  limitMs = 180_000,
  interactiveLimitMs = 600_000,
}: RegistryOptions = {}): PluginRegistry {
  const plugins = new Map<string, CredentialPlugin>();
  const closing = new AbortController();
  /** How often a person has asked, and which of these askings each plugin has used up. */
  let asking = 1;
  const asked = new Map<string, number>();
  /** What those that run have said: where to log in, perhaps, and with which code. */
  const said = new Map<string, string>();

  async function run(
    key: string,
    { cluster, user }: Choice,
    authority: () => Promise<Buffer | undefined>,
  ): Promise<GivenCredential> {
    const exec = user.fields.exec ?? {};
    const command = exec.command ?? '';
    const mode = interactiveModeOf(exec);
    const interactive = mode !== 'Never' && atTerminal() && asked.get(key) !== asking;
    if (mode === 'Always' && !interactive) {
      throw pluginError(
        command,
        'which asks a person at a terminal, and there is none, or it has asked already',
        'Log in with kubectl in a terminal, or start GuildNet in one, then retry.',
      );
    }
    if (interactive) asked.set(key, asking);
    const program = await findCommand(command, env);
    const hint = exec.installHint ?? '';
    const limit = interactive ? interactiveLimitMs : limitMs;
    if (program === undefined)
      throw endError(command, { kind: 'not-started', cause: undefined }, { hint, limitMs: limit });
    const end = await runBounded({
      program,
      args: exec.args ?? [],
      env: {
        ...env,
        ...Object.fromEntries((exec.env ?? []).map(({ name, value }) => [name ?? '', value ?? ''])),
        KUBERNETES_EXEC_INFO: execInfo(
          { cluster, user },
          exec.provideClusterInfo === true ? await authority() : undefined,
          interactive,
        ),
      },
      interactive,
      limitMs: limit,
      signal: closing.signal,
      onSaid: (text) => said.set(key, saidByPlugin(text)),
    }).finally(() => said.delete(key));
    if (end.kind !== 'printed') throw endError(command, end, { hint, limitMs: limit });
    try {
      const given = readExecCredential(end.stdout, exec.apiVersion ?? '');
      checkCertificate(given);
      return given;
    } catch (cause) {
      const problem = cause instanceof Error ? cause.message : 'its answer cannot be read';
      throw pluginError(
        command,
        `whose answer cannot be used: ${problem}`,
        'Correct the kubeconfig or the program.',
        cause,
      );
    }
  }

  return {
    pluginOf(choice, authority) {
      const { cluster, user } = choice;
      const about = user.fields.exec?.provideClusterInfo === true ? [cluster.file, cluster.fields] : [];
      const key = JSON.stringify([user.fields.exec, user.fields['auth-provider'], ...about]);
      const known = plugins.get(key);
      if (known !== undefined) return known;
      const plugin = credentialPlugin({
        run: user.fields.exec ? () => run(key, choice, authority) : authProvider(choice),
        said: () => said.get(key),
      });
      plugins.set(key, plugin);
      return plugin;
    },
    personAsks() {
      asking += 1;
      for (const plugin of plugins.values()) plugin.tryAgain();
    },
    close: () => closing.abort(),
  };
}

/** What TLS would fail over later, when nobody knows any more where it came from. */
function checkCertificate({ credential: { certificate } }: GivenCredential): void {
  if (certificate === undefined) return;
  try {
    createSecureContext(certificate);
  } catch (cause) {
    throw new Error('its certificate or key is not PEM, or the key does not fit the certificate', { cause });
  }
}
