import type { Problem } from '#contract/cluster.ts';
import type { TailnetState } from '#contract/tailnet.ts';
import { webUrl } from '#contract/web-url.ts';
import type { NodeStatus } from './node-messages.ts';

/** What is known of the embedded node. */
export interface NodeFacts {
  loginServer: string;
  hostname: string;
  /** The last that it said of itself since it was started. */
  status: NodeStatus | undefined;
  /** Why what it said since then cannot be read. */
  unread?: string | undefined;
  /** Why it could not be started, or has ended. */
  failure: Problem | undefined;
  loggedOut: boolean;
  /** For how long the control server has said nothing to a node that waits for it, in milliseconds. */
  silentMs: number;
}

const askForLogin =
  'Run "guildnet tailnet login", which tells an address to log in at, or give it another key with --auth-key-file.';

/** How the host stands to its tailnet, from what the node says. Pure. */
export function tailnetState({
  loginServer,
  hostname,
  status,
  unread,
  failure,
  loggedOut,
  silentMs,
}: NodeFacts): TailnetState {
  const base = { mode: 'embedded', login_server: loginServer } as const;
  if (loggedOut) return { ...base, phase: 'logged-out' };
  if (failure !== undefined) return { ...base, phase: 'failed', problem: failure };
  const strange = unread === undefined ? undefined : unreadState(loginServer, unread);
  if (status === undefined)
    return { ...base, phase: 'starting', ...(strange === undefined ? {} : { problem: strange }) };
  const phase = phaseOf(status);
  const name = status.name?.replace(/\.$/, '');
  const problem = strange ?? problemOf(status, phase, { loginServer, hostname, name, silentMs });
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
    health: status.health.map(oneLine),
    ...(problem === undefined ? {} : { problem }),
  };
}

function unreadState(loginServer: string, why: string): Problem {
  return {
    code: 'upstream_failed',
    message: `${loginServer} says of this host what it cannot read (${why}).`,
    remedy: `Give it another name, login or tags there, or bring GuildNet up to date; ${goesOn}`,
  };
}

function phaseOf({ state, authUrl, error, name }: NodeStatus): TailnetState['phase'] {
  switch (state) {
    case 'Running':
      return 'running';
    case 'NeedsMachineAuth':
      return 'needs-login';
    case 'NeedsLogin':
      // Before the control server has answered nobody can log in. A node that has been known to it was put out: its key has ended, or was ended there.
      return [authUrl, error, name].some((said) => (said ?? '') !== '') ? 'needs-login' : 'starting';
    default:
      return 'starting';
  }
}

/** What tsnet's health says when the control server refuses, and when it is not reached, in Go's words for the way there. */
const lastLoginError = /The last login error was: ([^]+)/;
const isOfTheWay = /fetch|dial|lookup|connect|timeout|deadline|reset|EOF|http|x509|certificate/i;

function refusedLogin(loginServer: string, why: string): Problem {
  return {
    code: 'unauthorized',
    message: `${loginServer} refuses the login: ${oneLine(why)}.`,
    remedy: askForLogin,
  };
}

interface Known {
  loginServer: string;
  hostname: string;
  name: string | undefined;
  silentMs: number;
}

function problemOf(status: NodeStatus, phase: TailnetState['phase'], known: Known): Problem | undefined {
  const { state, error, health, online } = status;
  const { loginServer, hostname, name, silentMs } = known;
  if (phase === 'needs-login') {
    if (state === 'NeedsMachineAuth')
      return {
        code: 'forbidden',
        message: `${loginServer} knows this host and waits until somebody approves it.`,
        remedy: 'Approve it in the administration of the tailnet.',
      };
    const ended = timeOf(status.keyExpiry);
    if ((error ?? '') !== '') return refusedLogin(loginServer, error ?? '');
    return {
      code: 'unauthorized',
      message:
        ended === undefined
          ? `${loginServer} wants this host to be logged in.`
          : `${loginServer} wants this host to be logged in anew: its key is good until ${ended}.`,
      remedy: askForLogin,
    };
  }
  if (phase === 'starting' && health.length > 0) return unreachable(loginServer, health.join(' '));
  if (isSilent(status) && silentMs > silenceMs)
    return {
      code: 'upstream_failed',
      message: `${loginServer} has not answered for ${String(Math.round(silentMs / 1_000))} s.`,
      remedy: `Check the address and the network, and whether the control server is well; ${goesOn}`,
    };
  if (phase !== 'running') return undefined;
  const refusal = health
    .map((said) => lastLoginError.exec(said)?.[1] ?? '')
    .find((said) => said !== '' && !isOfTheWay.test(said));
  if (online === false && refusal !== undefined) return refusedLogin(loginServer, refusal);
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

/** Whether the node waits for its control server, and neither of them says why. Pure. */
export function isSilent(status: NodeStatus): boolean {
  return phaseOf(status) === 'starting' && status.state !== 'Starting' && status.health.length === 0;
}

/** Longer than a control server takes that is far away and busy. */
const silenceMs = 15_000;
const goesOn = 'it is tried again by itself, and this computer’s own users are served meanwhile.';

/** What Go says of a connection, by what a person has to do about it. */
const troubles: readonly [said: RegExp, what: string, remedy: string][] = [
  [
    /expired or is not yet valid/,
    'cannot be reached',
    `Look whether this computer’s clock is right, and else whether the control server’s certificate is; ${goesOn}`,
  ],
  [
    /signed by unknown authority|not trusted/,
    'shows a certificate that this computer does not trust',
    `Have this computer trust the authority of that certificate, or name a file with it in SSL_CERT_FILE and start GuildNet again; ${goesOn}`,
  ],
  [
    /certificate is valid for|cannot validate certificate|not valid for any names/,
    'shows a certificate for another name',
    `Use the name that the certificate has, or have it made for this one; ${goesOn}`,
  ],
  [
    /invalid character '.' looking for|key hex has the wrong size/,
    'answers as no control server of a tailnet does',
    `Check the address. A network that wants a login of its own, as in hotels, answers in place of others: open some page in a browser; ${goesOn}`,
  ],
];

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');

function unreachable(loginServer: string, said: string): Problem {
  const [, what = 'cannot be reached', remedy = `Check the address and the network; ${goesOn}`] =
    troubles.find(([pattern]) => pattern.test(said)) ?? [];
  const why = oneLine(said).replace(/^You are logged out\. The last login error was: /, '');
  return { code: 'upstream_failed', message: `${loginServer} ${what}: ${why}`, remedy };
}

/** Where a person may be sent: the control server could say anything. */
export function webAddress(text: string | undefined): string | undefined {
  return webUrl(text)?.href;
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
      remedy: /no space left/i.test(why)
        ? 'Free some space on that disk.'
        : 'Look at the files there: those of another account have to be given to this user. Without them this host becomes another device of the tailnet.',
    };
  if (/^starting: .*(?:unmarshal|parsing saved prefs|invalid key in|illegal base64)/i.test(why))
    return {
      code: 'bad_config',
      message: `The tailnet node cannot read the identity that it keeps in ${folder}: ${oneLine(why).replace(/^starting: (?:tsnet: )?(?:failed to migrate [\w -]+: )?/, '')}. It is started again.`,
      remedy:
        'Put tailscaled.state there back from a copy, or move it away: this host then joins as another device, by a key or by "guildnet tailnet login", and the old one can be removed in the administration of the tailnet.',
    };
  return { code: 'internal', message: `The tailnet node has ended: ${why}. It is started again.` };
}
