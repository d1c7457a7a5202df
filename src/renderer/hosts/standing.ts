import type { TailnetHost } from '#contract/tailnet.ts';

/** How a host is to be reached from this browser: milliseconds, `away` where it is not, undefined where nobody has tried. */
export type Reach = number | 'away' | undefined;

export interface Standing extends TailnetHost {
  reach: Reach;
  /** Workspaces are best opened here. */
  isBest: boolean;
}

/** So much sooner has another host to answer that anybody would notice. */
const noticeableMs = 10;

/** What a request to a workspace takes by this host: to it, and from it to the cluster. */
function wayMs({ cluster_milliseconds: clusterMs }: TailnetHost, reach: Reach): number {
  return typeof reach === 'number' ? reach + (clusterMs ?? 0) : Number.POSITIVE_INFINITY;
}

/** The hosts as they were given, and by which of them a workspace is best opened from here: the one that is asked, unless another is noticeably nearer. Pure. */
export function standings(hosts: readonly TailnetHost[], reach: ReadonlyMap<string, Reach>): Standing[] {
  // Of which half is not known is not the best for that.
  const way = (host: TailnetHost): number =>
    host.cluster_milliseconds === undefined ? Number.POSITIVE_INFINITY : wayMs(host, reach.get(host.name));
  const here = hosts.find((host) => host.here);
  const nearest = hosts.toSorted((one, other) => way(one) - way(other))[0];
  const isKnown = nearest !== undefined && Number.isFinite(way(nearest));
  const best = !isKnown || (here !== undefined && way(here) - way(nearest) < noticeableMs) ? here : nearest;
  return hosts.map((host) => ({ ...host, reach: reach.get(host.name), isBest: isKnown && host === best }));
}

/** The host that takes over when the one that is asked is away: of the same owner if there is one, and the nearest of those. Pure. */
export function successor(hosts: readonly TailnetHost[], reach: ReadonlyMap<string, Reach>): TailnetHost | undefined {
  return hosts
    .filter((host) => !host.here && typeof reach.get(host.name) === 'number')
    .toSorted(
      (one, other) =>
        Number(other.same_owner) - Number(one.same_owner) ||
        wayMs(one, reach.get(one.name)) - wayMs(other, reach.get(other.name)),
    )[0];
}
