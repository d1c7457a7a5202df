import { grantSchema } from '#contract/grant.ts';
import type { Constraints, GrantText, Selector, Subject } from '#contract/grant.ts';
import type { Peer } from '#contract/identity.ts';
import { unreadValues } from '../tailnet/node-messages.ts';

/** A grant that counts for somebody, and where it comes from. */
export interface Grant {
  /** `capability/<name>` or `tailnet/<n>`: what a decision names. */
  name: string;
  /** The namespace that it does not reach beyond; undefined: its selector alone says. */
  within: string | undefined;
  actions: GrantText['actions'];
  selector: Selector;
  constraints: Constraints;
}

/** A Capability of the cluster, as it is decided by. */
export interface NamedCapability {
  name: string;
  namespace: string;
  subjects: readonly Subject[];
  grant: GrantText;
  /** When it ends, in ms since the epoch. */
  until?: number | undefined;
}

/**
 * What the cluster says of who may do what. `unknown`: it cannot be asked, so that nobody knows whether there is any.
 * `present`: there are Capabilities beside shares, whether or not they can be read.
 */
export type Policy =
  | { state: 'unknown' }
  | { state: 'known'; present: boolean; capabilities: readonly NamedCapability[] };

/** Everything that is granted to a peer; `refused` names the values of the tailnet's policy that cannot be read, and why. */
export function grantsOf(peer: Peer, policy: Policy): { grants: Grant[]; refused: string[] } {
  const refused: string[] = [];
  const given = peer.capabilities.flatMap((text, index): Grant[] => {
    const name = `tailnet/${String(index + 1)}`;
    const read = readGrant(text);
    if ('grant' in read) return [toGrant(name, undefined, read.grant)];
    refused.push(`${name}#${read.problem}`);
    return [];
  });
  const capabilities = policy.state === 'known' ? policy.capabilities : [];
  const own = capabilities
    .filter(({ subjects }) => subjects.some((subject) => isSubject(subject, peer)))
    .map(({ name, namespace, grant }) => toGrant(`capability/${name}`, namespace, grant));
  return { grants: [...own, ...given], refused };
}

function toGrant(name: string, within: string | undefined, { actions, selector, constraints }: GrantText): Grant {
  return { name, within, actions, selector: selector ?? {}, constraints: constraints ?? {} };
}

/** One value of `guildnet.io/cap`. It is refused whole: a limit that is misspelt must not be none. */
export function readGrant(text: string): { grant: GrantText } | { problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Its own words repeat what was sent.
    return { problem: 'no JSON' };
  }
  const unread = Object.values(unreadValues).find((mark) => mark === value);
  if (unread !== undefined) return { problem: unread };
  const parsed = grantSchema.safeParse(value);
  if (parsed.success) return { grant: parsed.data };
  const issue = parsed.error.issues[0];
  const field = issue?.path.map(String).join('.') ?? '';
  return { problem: `${field === '' ? 'value' : field}: ${issue?.message ?? 'is not valid'}`.slice(0, 400) };
}

/** A tagged device is no user: the login of all of them is the same (https://tailscale.com/kb/1068/tags). */
export function isSubject({ kind, name }: Subject, peer: Peer): boolean {
  switch (kind) {
    case 'Everyone':
      return true;
    case 'User':
      return peer.tags.length === 0 && peer.login === name;
    case 'Tag':
      return name !== undefined && peer.tags.includes(name);
    case 'Device':
      return peer.device.id === name;
  }
}
