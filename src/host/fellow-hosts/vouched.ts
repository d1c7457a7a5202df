import type { TailnetHost } from '#contract/tailnet.ts';
import type { NodePeer } from '../tailnet/node-messages.ts';
import type { Announcement } from './announcement.ts';

/** Who has a host: the login of its device, or its tags. */
export interface Owner {
  login: string;
  tags: readonly string[];
}

/** Whether two devices are of the same owner. A tagged device has no person: its tags are who it is. Pure. */
export function isSameOwner(one: Owner, other: Owner): boolean {
  if (one.tags.length === 0 && other.tags.length === 0) return one.login !== '' && one.login === other.login;
  return one.tags.length === other.tags.length && one.tags.every((tag) => other.tags.includes(tag));
}

/**
 * What the tailnet vouches for of an announcement, by who it says is at the announced address; undefined where that is another
 * device. What peers are sent to by it is the name that the control server gave that very device. Pure.
 */
export function vouched({ name, clusterMs }: Announcement, peer: NodePeer, own: Owner): TailnetHost | undefined {
  if (peer.device.name.replace(/\.$/, '').toLowerCase() !== name) return undefined;
  const { login, tags } = peer;
  return {
    name,
    url: `https://${name}`,
    here: false,
    login,
    tags,
    same_owner: isSameOwner(own, peer),
    ...(clusterMs === undefined ? {} : { cluster_milliseconds: clusterMs }),
  };
}
