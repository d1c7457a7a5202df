import { z } from 'zod';
import { commonLabels } from '#contract/app-labels.ts';
import { cutTextOf, longest, textOf } from '#contract/bounded.ts';

/** The Lease that says which host reconciles the workspaces of a namespace. */
export const leaseName = 'guildnet-operator';

const wireSchema = z.looseObject({
  metadata: z.looseObject({ name: textOf(longest.name), resourceVersion: textOf(longest.token) }),
  spec: z
    .looseObject({
      holderIdentity: cutTextOf(longest.reason).nullish(),
      leaseDurationSeconds: z.number().nullish(),
      acquireTime: cutTextOf(longest.token).nullish(),
      renewTime: cutTextOf(longest.token).nullish(),
      leaseTransitions: z.number().nullish(),
    })
    .nullish(),
});

/** Who leads, as the Lease says it (coordination.k8s.io/v1, LeaseSpec). */
export interface LeaseRecord {
  /** Empty: given up by its last holder. */
  holder: string;
  /** How long others wait after the record's last change before they take it. */
  durationSeconds: number;
  /** RFC 3339 by the holder's own clock: for people, and to see that something changed. Never compared with a clock of ours. */
  acquireTime: string;
  renewTime: string;
  /** How often the holder changed. */
  transitions: number;
}

/** A Lease as the API server has it. The whole object is kept, so that a write loses nothing that others put there. */
export interface Lease {
  record: LeaseRecord;
  metadata: { name: string; resourceVersion: string };
  whole: z.infer<typeof wireSchema>;
}

export function parseLease(object: unknown): { value: Lease } | { problem: string } {
  const parsed = wireSchema.safeParse(object);
  if (!parsed.success) return { problem: z.prettifyError(parsed.error) };
  const { metadata, spec } = parsed.data;
  const record: LeaseRecord = {
    holder: spec?.holderIdentity ?? '',
    durationSeconds: spec?.leaseDurationSeconds ?? 0,
    acquireTime: spec?.acquireTime ?? '',
    renewTime: spec?.renewTime ?? '',
    transitions: spec?.leaseTransitions ?? 0,
  };
  return {
    value: { record, metadata: { name: metadata.name, resourceVersion: metadata.resourceVersion }, whole: parsed.data },
  };
}

/** The object to write: a new Lease, or the one that was seen with another record, bound to the version that was seen. */
export function leaseObject(record: LeaseRecord, seen: Lease | undefined, namespace: string): object {
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    ...seen?.whole,
    metadata: seen?.whole.metadata ?? { name: leaseName, namespace, labels: commonLabels },
    spec: {
      ...seen?.whole.spec,
      holderIdentity: record.holder,
      leaseDurationSeconds: record.durationSeconds,
      acquireTime: record.acquireTime,
      renewTime: record.renewTime,
      leaseTransitions: record.transitions,
    },
  };
}

/** MicroTime, as Leases carry it: `2026-01-31T12:00:00.000000Z`. */
export function microTime(epochMs: number): string {
  return new Date(epochMs).toISOString().replace('Z', '000Z');
}
