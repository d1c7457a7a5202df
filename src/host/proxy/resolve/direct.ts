import { lookup as dnsLookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { GuildNetError } from '#contract/errors.ts';
import type { PortScheme } from '#contract/port-scheme.ts';
import type { TailnetReach } from '../../tailnet/tailnet.ts';
import type { DirectTarget } from '../target.ts';
import { isOurselves, refusedAddress } from './address-policy.ts';
import type { AddressPolicy } from './address-policy.ts';
import type { Tell } from './step.ts';

export interface DirectAsk {
  host: string;
  port: number;
  scheme: PortScheme;
}

export interface DirectOptions {
  policy: AddressPolicy;
  /** The very address is in the configuration, or PROXY_ALLOW_ANY_TARGET is on: ranges are not looked at. */
  anyRange: boolean;
  tell: Tell;
  /** All addresses of a name. */
  resolve?: (host: string) => Promise<string[]>;
  /** The address that a full name, or an address, has in the host's tailnet. */
  locate?: TailnetReach['locate'] | undefined;
}

async function addressesOf(host: string): Promise<string[]> {
  const found = await dnsLookup(host, { all: true, verbatim: true });
  return found.map(({ address }) => address);
}

function refusal(host: string, why: string): GuildNetError {
  return new GuildNetError('forbidden', `${host} is not asked: it is ${why}.`, {
    remedy: isIP(host)
      ? 'List this very address in PROXY_TARGETS if it is meant, or choose another target.'
      : 'List the address itself in PROXY_TARGETS if it is meant, or choose another target.',
    details: { host },
  });
}

/** Whether a connection to this address may be made: asked when a name has been resolved, and again when the connection begins. */
export function mayConnect(
  { address, port }: { address: string; port: number },
  { policy, anyRange }: Pick<DirectOptions, 'policy' | 'anyRange'>,
): string | undefined {
  if (isOurselves({ address, port }, policy)) return 'this very host, which would ask itself for ever';
  return anyRange ? undefined : refusedAddress({ address, port }, policy);
}

/**
 * Resolves a host outside the cluster, once, to an address that may be asked: the connection then goes to that address, so that a
 * second answer of the name's owner changes nothing (DNS rebinding). Throws `forbidden`, or `upstream_failed` when it has no address.
 */
export async function directTarget(
  { host, port, scheme }: DirectAsk,
  { policy, anyRange, tell, resolve = addressesOf, locate }: DirectOptions,
): Promise<DirectTarget> {
  let addresses: string[];
  // A name without a dot is one of this computer's network.
  const located = /[.:]/.test(host) ? await locate?.(host) : undefined;
  try {
    addresses = located === undefined ? (isIP(host) === 0 ? await resolve(host) : [host]) : [located];
  } catch (error) {
    tell({ rule: 'address', outcome: 'refused', why: `${host} has no address.` });
    throw new GuildNetError('upstream_failed', `${host} has no address: its name was not found.`, {
      remedy: 'Check how the name is written, and that this machine can resolve it.',
      details: { host },
      cause: error,
    });
  }
  let reason = 'without an address';
  for (const address of addresses) {
    const why = mayConnect({ address, port }, { policy, anyRange });
    if (why === undefined) {
      tell({ rule: 'address', outcome: 'taken', why: `${host} is ${address}, which may be asked.` });
      return {
        kind: 'direct',
        host,
        address,
        anyRange,
        ...(located === undefined ? {} : { inTailnet: true }),
        port,
        scheme,
        ...(isIP(host) === 0 ? { serverName: host } : {}),
      };
    }
    tell({ rule: 'address', outcome: 'refused', why: `${host} is ${address}: ${why}.` });
    reason = why;
  }
  throw refusal(host, reason);
}
