import type { Problem } from '#contract/cluster.ts';
import type { TailnetState } from '#contract/tailnet.ts';
import type { NodeStatus } from './node-messages.ts';

/** What is known of the embedded node. */
export interface NodeFacts {
  loginServer: string;
  hostname: string;
  /** The last that it said of itself since it was started. */
  status: NodeStatus | undefined;
  /** Why it could not be started, or has ended. */
  failure: Problem | undefined;
  loggedOut: boolean;
}

const askForLogin =
  'Run "guildnet tailnet login", which tells an address to log in at, or give it another key with --auth-key-file.';

/** How the host stands to its tailnet, from what the node says. Pure. */
export function tailnetState({ loginServer, hostname, status, failure, loggedOut }: NodeFacts): TailnetState {
  const base = { mode: 'embedded', login_server: loginServer } as const;
  if (loggedOut) return { ...base, phase: 'logged-out' };
  if (failure !== undefined) return { ...base, phase: 'failed', problem: failure };
  if (status === undefined) return { ...base, phase: 'starting' };
  const phase = phaseOf(status);
  const name = status.name?.replace(/\.$/, '');
  const problem = problemOf(status, phase, { loginServer, hostname, name });
  const loginUrl = webAddress(status.authUrl);
  const expires = timeOf(status.keyExpiry);
  return {
    ...base,
    phase,
    ...(name === undefined || name === '' ? {} : { name }),
    addresses: status.ips,
    ...(status.login === undefined || status.login === '' ? {} : { login: status.login }),
    tags: status.tags,
    ...(loginUrl === undefined || phase !== 'needs-login' ? {} : { login_url: loginUrl }),
    ...(expires === undefined ? {} : { key_expires_at: expires }),
    health: status.health,
    ...(problem === undefined ? {} : { problem }),
  };
}

function phaseOf({ state, authUrl, error }: NodeStatus): TailnetState['phase'] {
  switch (state) {
    case 'Running':
      return 'running';
    case 'NeedsMachineAuth':
      return 'needs-login';
    case 'NeedsLogin':
      // Before the control server has answered nobody can log in.
      return (authUrl ?? '') !== '' || (error ?? '') !== '' ? 'needs-login' : 'starting';
    default:
      return 'starting';
  }
}

interface Known {
  loginServer: string;
  hostname: string;
  name: string | undefined;
}

function problemOf(status: NodeStatus, phase: TailnetState['phase'], known: Known): Problem | undefined {
  const { state, error, health, online } = status;
  const { loginServer, hostname, name } = known;
  if (phase === 'needs-login') {
    if (state === 'NeedsMachineAuth')
      return {
        code: 'forbidden',
        message: `${loginServer} knows this host and waits until somebody approves it.`,
        remedy: 'Approve it in the administration of the tailnet.',
      };
    const refused = (error ?? '') !== '';
    return {
      code: 'unauthorized',
      message: refused
        ? `${loginServer} refuses the login: ${error ?? ''}.`
        : `${loginServer} wants this host to be logged in.`,
      remedy: askForLogin,
    };
  }
  if (phase === 'starting' && health.length > 0)
    return {
      code: 'upstream_failed',
      message: `${loginServer} cannot be reached: ${health.join(' ')}`,
      remedy: /expired or is not yet valid/.test(health.join(' '))
        ? 'Look whether this computer’s clock is right, and else whether the control server’s certificate is; it is tried again by itself.'
        : 'Check the address and the network; it is tried again by itself, and this computer’s own users are served meanwhile.',
    };
  if (phase !== 'running') return undefined;
  if (online === false)
    return {
      code: 'upstream_failed',
      message: `${loginServer} does not see this host now. Peers that are connected stay so; others may not find it.`,
      remedy: 'Check the network and the control server; it is tried again by itself.',
    };
  if (name !== undefined && name !== '' && name.split('.')[0] !== hostname)
    return {
      code: 'conflict',
      message: `The name ${hostname} is taken in this tailnet; this host is ${name}.`,
      remedy: 'Set TS_HOSTNAME to a name of its own, or remove the other device from the tailnet.',
    };
  return undefined;
}

/** Where a person may be sent: the control server could say anything. */
export function webAddress(text: string | undefined): string | undefined {
  const url = text === undefined ? null : URL.parse(text);
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url.href : undefined;
}

/** Go writes the first moment of the year 1 for never. */
export function timeOf(text: string | null | undefined): string | undefined {
  const at = Date.parse(text ?? '');
  return Number.isNaN(at) || at <= 0 ? undefined : new Date(at).toISOString();
}

/** Why a node has ended, in the words that it ended with. Pure. */
export function endOfNode(why: string, folder: string): Problem {
  if (/permission denied|is a directory|read-only file system|no space left|too many open files/i.test(why))
    return {
      code: 'bad_config',
      message: `The tailnet node cannot keep its identity in ${folder}: ${why}. It is started again.`,
      remedy:
        'Look at the files there: those of another account have to be given to this user. Without them this host becomes another device of the tailnet.',
    };
  return { code: 'internal', message: `The tailnet node has ended: ${why}. It is started again.` };
}
