import type { Problem } from '#contract/cluster.ts';
import type { TailnetState } from '#contract/tailnet.ts';
import { timeOf, webAddress } from '../tailnet-state.ts';
import type { SystemStatus } from './messages.ts';

/** What is known of the machine's own tailscaled. */
export interface SystemFacts {
  /** Undefined while nothing was heard of it. */
  status: SystemStatus | undefined;
  loginServer: string | undefined;
  /** Why it cannot be asked, or not be used. */
  failure: Problem | undefined;
}

const theirs = 'Its settings are those of its user, so that GuildNet does not change them.';

/** How the host stands to the tailnet of its machine. Pure. */
export function systemState({ status, loginServer, failure }: SystemFacts): TailnetState {
  const base = { mode: 'system', ...(loginServer === undefined ? {} : { login_server: loginServer }) } as const;
  if (status === undefined)
    return failure === undefined ? { ...base, phase: 'starting' } : { ...base, phase: 'failed', problem: failure };
  const phase = phaseOf(status);
  const { Self: self, User: users } = status;
  const name = self?.DNSName?.replace(/\.$/, '');
  const login = users?.[String(self?.UserID)]?.LoginName;
  const loginUrl = webAddress(status.AuthURL);
  const expires = timeOf(self?.KeyExpiry);
  const problem = problemOf(status, phase) ?? failure;
  return {
    ...base,
    phase,
    ...(name === undefined || name === '' ? {} : { name }),
    addresses: status.TailscaleIPs,
    ...(login === undefined || login === '' ? {} : { login }),
    tags: self?.Tags ?? [],
    ...(loginUrl === undefined || phase !== 'needs-login' ? {} : { login_url: loginUrl }),
    ...(expires === undefined ? {} : { key_expires_at: expires }),
    health: status.Health,
    ...(problem === undefined ? {} : { problem }),
  };
}

function phaseOf({ BackendState: state }: SystemStatus): TailnetState['phase'] {
  switch (state) {
    case 'Running':
      return 'running';
    case 'NeedsLogin':
    case 'NeedsMachineAuth':
      return 'needs-login';
    case 'Stopped':
      return 'logged-out';
    default:
      return 'starting';
  }
}

function problemOf(
  { BackendState: state, Self: self }: SystemStatus,
  phase: TailnetState['phase'],
): Problem | undefined {
  switch (phase) {
    case 'needs-login':
      return {
        code: state === 'NeedsMachineAuth' ? 'forbidden' : 'unauthorized',
        message: `The Tailscale of this computer is not ${state === 'NeedsMachineAuth' ? 'approved' : 'logged in'}. ${theirs}`,
        remedy: state === 'NeedsMachineAuth' ? 'Approve it in the administration of the tailnet.' : 'Run: tailscale up',
      };
    case 'logged-out':
      return {
        code: 'not_ready',
        message: `The Tailscale of this computer is switched off. ${theirs}`,
        remedy: 'Run: tailscale up',
      };
    case 'running':
      if (self?.Online !== false) return undefined;
      return {
        code: 'upstream_failed',
        message: 'The control server does not see this computer now. Peers that are connected stay so.',
        remedy: 'Check the network and the control server; it is tried again by itself.',
      };
    default:
      return undefined;
  }
}
