import type { V1PersistentVolumeClaim } from '@kubernetes/client-node';
import { warningAbout } from './warnings.ts';
import { podCondition, waitingFor } from './pod-state.ts';
import { patienceFrom, rule } from './rule.ts';
import type { Evidence, Explanation } from './rule.ts';
import { cut } from './said.ts';

function pending({ claim }: Evidence): V1PersistentVolumeClaim | undefined {
  return claim?.status?.phase === undefined || claim.status.phase === 'Pending' ? claim : undefined;
}

const classOf = (claim: V1PersistentVolumeClaim): string | undefined =>
  claim.spec?.storageClassName === '' ? undefined : claim.spec?.storageClassName;

/** Whether somebody has been asked to make the volume: at once, or since the pod has a node. */
function ordered(claim: V1PersistentVolumeClaim, evidence: Evidence): boolean {
  if (claim.metadata?.annotations?.['volume.kubernetes.io/selected-node'] !== undefined) return true;
  // Only a claim that is to be bound at once keeps the scheduler waiting.
  return /unbound immediate/.test(podCondition(evidence.pod, 'PodScheduled')?.message ?? '');
}

/** The volume is there and does not reach the container. */
function mounting(evidence: Evidence, pattern: RegExp): { said: string; at: number } | undefined {
  if (waitingFor(evidence.pod, ['ContainerCreating', 'PodInitializing']) === undefined) return undefined;
  const found = warningAbout(evidence, evidence.pod, ['FailedMount', 'FailedAttachVolume', 'FailedMapVolume']);
  return found !== undefined && pattern.test(found.message) ? { said: cut(found.message), at: found.at } : undefined;
}

const provisioning = { tellMs: 15_000, failMs: 60_000 };
/** A mount may fail once or twice while a volume is being made or moves; the kubelet tries again by itself. */
const mounts = { tellMs: 2_000, failMs: 15_000 };
const podCreated = ({ pod }: Evidence): Date | undefined => pod?.metadata?.creationTimestamp;

/** The home is not there, or does not come into the container. */
export const volumeFailures: readonly Explanation[] = [
  rule({
    reason: 'VolumeLost',
    means: 'The volume that held the home does not exist any more.',
    recognise: ({ claim }) => (claim?.status?.phase === 'Lost' ? claim : undefined),
    message: (claim) =>
      `The home's volume "${claim.spec?.volumeName ?? ''}" is gone; the claim "${claim.metadata?.name ?? ''}" points to nothing.`,
    remedy: 'Restore the volume from a backup, or delete the claim to begin with an empty home.',
  }),
  rule({
    reason: 'StorageClassMissing',
    means: 'The storage class that the home shall have does not exist.',
    recognise: (evidence) => {
      const claim = pending(evidence);
      const found = warningAbout(evidence, claim, ['ProvisioningFailed']);
      return claim !== undefined && found !== undefined && /storageclass\S* "[^"]*" not found/.test(found.message)
        ? classOf(claim)
        : undefined;
    },
    message: (name) => `The home cannot be made: there is no storage class "${name}".`,
    remedy: 'Set spec.home.storageClass to one that exists (kubectl get storageclass), or create it.',
  }),
  rule({
    reason: 'NoStorageClass',
    means: 'The home has no storage class, the cluster has no default one, and no volume fits by chance.',
    recognise: (evidence) => {
      const claim = pending(evidence);
      return claim !== undefined && classOf(claim) === undefined && claim.spec?.volumeName === undefined
        ? claim
        : undefined;
    },
    message: () => 'The home cannot be made: it has no storage class, and the cluster has no default one.',
    remedy: 'Set spec.home.storageClass (kubectl get storageclass), or have a class made the default.',
    patience: (claim) => patienceFrom(claim.metadata?.creationTimestamp, { tellMs: 1_000, failMs: 5_000 }),
  }),
  rule({
    reason: 'ProvisioningFailed',
    means: 'The storage system was asked for the home’s volume and could not make it.',
    recognise: (evidence) => warningAbout(evidence, pending(evidence), ['ProvisioningFailed']),
    message: ({ message }) => `The storage system cannot make the home's volume: ${cut(message)}`,
    remedy: 'Have the cluster’s administrator look at the storage class’s provisioner; it is tried again by itself.',
    patience: (_found, evidence) => patienceFrom(evidence.claim?.metadata?.creationTimestamp, { failMs: 30_000 }),
  }),
  rule({
    reason: 'VolumeNotProvisioned',
    means: 'The provisioner of the home’s storage class does not make the volume: most likely it does not run.',
    recognise: (evidence) => {
      const claim = pending(evidence);
      return claim !== undefined && ordered(claim, evidence) ? claim : undefined;
    },
    message: (claim) =>
      `The home's volume is not made: nobody has served the storage class "${classOf(claim) ?? ''}"${by(claim)} so far.`,
    remedy: 'Have the cluster’s administrator look at the provisioner, or set spec.home.storageClass to another class.',
    patience: (_claim, evidence) => patienceFrom(podCreated(evidence), provisioning),
  }),
  rule({
    reason: 'VolumeInUse',
    means: 'The home’s volume is still attached to another node, where an earlier pod of the workspace ran.',
    recognise: (evidence) => mounting(evidence, /Multi-Attach error|already (?:used|attached|exclusively attached)/),
    message: ({ said }) => `The home's volume is still held by another node: ${said}`,
    remedy:
      'It comes free by itself when the old pod is gone; if that node is lost, delete the Node object or the pod by force.',
    patience: (_found, evidence) => patienceFrom(podCreated(evidence), { failMs: 120_000 }),
    unprovoked: 'it takes two nodes',
  }),
  rule({
    reason: 'MountFailed',
    means: 'The volume exists, but the node cannot mount it.',
    recognise: (evidence) => mounting(evidence, /(?:)/),
    message: ({ said }) => `The node cannot mount the home's volume: ${said}`,
    remedy: 'Look at the named volume and the storage system’s part on that node; it is tried again by itself.',
    patience: (_found, evidence) => patienceFrom(podCreated(evidence), mounts),
  }),
];

function by(claim: V1PersistentVolumeClaim): string {
  const provisioner = claim.metadata?.annotations?.['volume.kubernetes.io/storage-provisioner'];
  return provisioner === undefined ? '' : ` (provisioner "${provisioner}")`;
}

export const volumeReasons: ReadonlySet<string> = new Set([
  ...volumeFailures.map(({ reason }) => reason),
  'VolumeOnOtherNode',
]);
