import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import { z } from 'zod';
import { annotations } from '#contract/annotations.ts';
import { commonLabels } from '#contract/app-labels.ts';
import { longest, mapOf, openObject, textOf } from '#contract/bounded.ts';
import { workspaceGroup } from '#contract/workspace.ts';
import { microTime } from '../operator/leader/lease.ts';

/** What a host of a tailnet tells the others of its cluster. Anybody who may write Leases can have written it. */
export interface Announcement {
  /** In the tailnet, in small letters. */
  name: string;
  /** One of its addresses there, by which whois is asked whether the name is its own. */
  address: string;
  /** How long the cluster takes to answer it. */
  clusterMs?: number | undefined;
}

/** An announcement as the API server has it. */
export interface Announced {
  metadata: { name: string; resourceVersion: string };
  announcement: Announcement;
}

/** Of the Lease of each host, as Kubernetes itself has one for each API server. */
export const hostLabel = `${workspaceGroup}/host`;
export const hostSelector = `${hostLabel}=tailnet`;
/** A host that has not renewed its Lease for so long, by the clock of whoever looks, is away. */
export const leaseSeconds = 30;

const nameSchema = textOf(longest.name).regex(/^[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+$/);
const placeSchema = z.object({
  address: textOf(longest.label).refine((text) => isIP(text) !== 0),
  cluster_ms: z.number().min(0).max(60_000).optional(),
});
const leaseSchema = openObject({
  metadata: openObject({
    name: textOf(longest.name),
    resourceVersion: textOf(longest.token),
    annotations: mapOf(textOf(longest.key), textOf(longest.annotation), 256),
  }),
  spec: openObject({ holderIdentity: nameSchema }),
});

/** Of the host's name, so that it finds its own again, and nobody announces one name twice. */
export function leaseNameOf(name: string): string {
  return `guildnet-host-${createHash('sha256').update(name).digest('hex').slice(0, 20)}`;
}

/** The Lease to apply. `epochMs` is for people. */
export function announcementObject(
  { name, address, clusterMs }: Announcement,
  { namespace, epochMs }: { namespace: string; epochMs: number },
): object {
  const place: z.input<typeof placeSchema> = { address, cluster_ms: clusterMs };
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: {
      name: leaseNameOf(name),
      namespace,
      labels: { ...commonLabels, [hostLabel]: 'tailnet' },
      annotations: { [annotations.tailnetHost]: JSON.stringify(place) },
    },
    spec: { holderIdentity: name, leaseDurationSeconds: leaseSeconds, renewTime: microTime(epochMs) },
  };
}

/** Reads a Lease that was announced by. Pure. */
export function parseAnnouncement(object: unknown): { value: Announced } | { problem: string } {
  const lease = leaseSchema.safeParse(object);
  if (!lease.success) return { problem: z.prettifyError(lease.error).slice(0, longest.reason) };
  const { metadata, spec } = lease.data;
  if (metadata.name !== leaseNameOf(spec.holderIdentity)) return { problem: 'it is named for another host' };
  let value: unknown;
  try {
    value = JSON.parse(metadata.annotations[annotations.tailnetHost] ?? '');
  } catch {
    return { problem: 'it does not say where the host is' };
  }
  const place = placeSchema.safeParse(value);
  if (!place.success) return { problem: z.prettifyError(place.error).slice(0, longest.reason) };
  const { address, cluster_ms: clusterMs } = place.data;
  return {
    value: {
      metadata: { name: metadata.name, resourceVersion: metadata.resourceVersion },
      announcement: { name: spec.holderIdentity, address, ...(clusterMs === undefined ? {} : { clusterMs }) },
    },
  };
}
