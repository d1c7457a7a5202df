import { createHash } from 'node:crypto';
import { isMap, asMap } from './api/merge.ts';
import { resources } from './api/stored.ts';
import type { Plural, Stored } from './api/stored.ts';
import type { SimulatedApi } from './api/api-server.ts';
import type { Random } from './random.ts';
import type { VirtualTime } from './virtual-time.ts';

const who = 'kubernetes';
const paths: Partial<Record<Plural, string>> = {
  pods: '/api/v1/namespaces/sim/pods',
  deployments: '/apis/apps/v1/namespaces/sim/deployments',
  persistentvolumeclaims: '/api/v1/namespaces/sim/persistentvolumeclaims',
};
const idLabel = 'guildnet.io/id';
const protection = 'kubernetes.io/pvc-protection';

/** Who wrote to a home, by the claim's uid: the uids of Workspaces. */
export type Disks = ReadonlyMap<string, readonly string[]>;

/**
 * The rest of Kubernetes, as far as the operator sees it: garbage collection by owner references, Deployments that keep
 * one pod (Recreate), pods that are scheduled, start and become ready, claims that are bound and protected while in use.
 */
export function playKubernetes(api: SimulatedApi, time: VirtualTime, random: Random): Disks {
  const disks = new Map<string, string[]>();
  const pending = new Set<string>();
  let made = 0;

  /** Does `run` once within a while, however often it is wanted meanwhile. */
  const soon = (what: string, low: number, high: number, run: () => void): void => {
    if (pending.has(what)) return;
    pending.add(what);
    time.after(random.between(low, high), () => {
      pending.delete(what);
      run();
    });
  };
  const patch = (plural: Plural, name: string, body: unknown, subresource = ''): void => {
    if (api.get(plural, name) === undefined) return;
    const path = `${paths[plural] ?? ''}/${name}${subresource}`;
    api.request({ who, method: 'PATCH', path, body, contentType: 'application/merge-patch+json' });
  };
  const podsOf = (deployment: Stored): Stored[] =>
    api.list('pods').filter((pod) => pod.metadata.ownerReferences?.[0]?.uid.startsWith(`${deployment.metadata.uid}/`));

  const removePod = (pod: Stored): void => {
    if (pod.metadata.deletionTimestamp !== undefined) return;
    api.request({ who, method: 'DELETE', path: `${paths.pods}/${pod.metadata.name}` });
    time.after(random.between(50, 10_000), () => {
      if (api.get('pods', pod.metadata.name) === undefined) return;
      patch('pods', pod.metadata.name, { metadata: { finalizers: null } });
    });
  };
  const startPod = (deployment: Stored, hash: string): void => {
    made += 1;
    const template = asMap(asMap(deployment.spec)['template']);
    const name = `${deployment.metadata.name}-${hash}-${made}`;
    const owner = `${deployment.metadata.uid}/${hash}`;
    const metadata = {
      name,
      labels: { ...asMap(asMap(template['metadata'])['labels']), 'pod-template-hash': hash },
      ownerReferences: [
        { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: setOf(deployment, hash), uid: owner, controller: true },
      ],
      // Stands for the time that the kubelet takes to end it.
      finalizers: ['simulation/running'],
    };
    api.request({ who, method: 'POST', path: paths.pods ?? '', body: { metadata, spec: template['spec'] } });
    time.after(random.between(5, 2_000), () => advance(name));
  };
  /** By way of its Deployment; empty when that is gone. */
  const workspaceOf = (pod: Stored): string => {
    const deployment = api.get('deployments', pod.metadata.labels?.[idLabel] ?? '');
    return deployment?.metadata.ownerReferences?.[0]?.uid ?? '';
  };
  const advance = (name: string): void => {
    const pod = api.get('pods', name);
    if (pod === undefined || pod.metadata.deletionTimestamp !== undefined) return;
    const claim = claimOf(pod);
    const bound = claim === undefined ? undefined : api.get('persistentvolumeclaims', claim);
    const isGoing = bound?.metadata.deletionTimestamp !== undefined;
    if (claim !== undefined && (bound === undefined || isGoing || asMap(bound.status)['phase'] !== 'Bound')) {
      const message = `persistentvolumeclaim "${claim}" ${isGoing ? 'is being deleted' : 'not found'}`;
      const condition = { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message };
      patch('pods', name, { status: { phase: 'Pending', conditions: [condition] } }, '/status');
      time.after(1_000, () => advance(name));
      return;
    }
    const status = { phase: 'Pending', conditions: [condition('PodScheduled', 'True')] };
    patch('pods', name, { spec: { nodeName: 'node' } });
    patch('pods', name, { status }, '/status');
    time.after(random.between(10, 5_000), () => {
      const current = api.get('pods', name);
      if (current === undefined || current.metadata.deletionTimestamp !== undefined) return;
      if (bound !== undefined)
        disks.set(bound.metadata.uid, [...(disks.get(bound.metadata.uid) ?? []), workspaceOf(current)]);
      patch('pods', name, { status: readyStatus(current) }, '/status');
    });
  };
  const roll = (name: string): void => {
    const deployment = api.get('deployments', name);
    if (deployment === undefined || deployment.metadata.deletionTimestamp !== undefined) return;
    const spec = asMap(deployment.spec);
    const hash = createHash('sha256').update(JSON.stringify(spec['template'])).digest('hex').slice(0, 8);
    const pods = podsOf(deployment);
    const current = pods.filter((pod) => pod.metadata.ownerReferences?.[0]?.name === setOf(deployment, hash));
    const wanted = spec['replicas'] === 0 ? 0 : 1;
    for (const pod of pods) if (wanted === 0 || !current.includes(pod)) removePod(pod);
    const staying = current.filter((pod) => pod.metadata.deletionTimestamp === undefined);
    // Recreate: the old one has to be gone before the new one comes.
    if (wanted === 1 && staying.length === 0 && pods.length === 0) startPod(deployment, hash);
    const ready = staying.filter(isReady).length;
    const counts = {
      replicas: staying.length,
      updatedReplicas: staying.length,
      readyReplicas: ready,
      availableReplicas: ready,
    };
    const status = {
      observedGeneration: deployment.metadata.generation,
      ...counts,
      unavailableReplicas: wanted - ready,
    };
    patch('deployments', name, { status }, '/status');
  };
  const tendClaim = (name: string): void => {
    const claim = api.get('persistentvolumeclaims', name);
    if (claim === undefined) return;
    // A pod without a node does not count: it will not get one before the claim is gone.
    const used = api.list('pods').some((pod) => claimOf(pod) === name && asMap(pod.spec)['nodeName'] !== undefined);
    if (claim.metadata.deletionTimestamp !== undefined && !used) {
      const finalizers = (claim.metadata.finalizers ?? []).filter((one) => one !== protection);
      patch('persistentvolumeclaims', name, { metadata: { finalizers } });
    } else if (asMap(claim.status)['phase'] !== 'Bound') {
      patch('persistentvolumeclaims', name, { status: { phase: 'Bound' } }, '/status');
    }
  };
  const collect = (): void => {
    const uids = new Set((Object.keys(resources) as Plural[]).flatMap((plural) => api.list(plural).map(uidOf)));
    for (const plural of Object.keys(resources) as Plural[])
      for (const object of api.list(plural)) {
        const owners = object.metadata.ownerReferences ?? [];
        // A ReplicaSet is not an object here: its uid names its Deployment.
        if (owners.length === 0 || owners.some(({ uid }) => uids.has(uid.split('/')[0] ?? ''))) continue;
        if (plural === 'pods') removePod(object);
        else api.request({ who, method: 'DELETE', path: pathOf(object, plural) });
      }
  };

  api.onWrite(({ plural, name, after, before }) => {
    if (plural === 'deployments') soon(`roll ${name}`, 5, 500, () => roll(name));
    if (plural === 'pods') {
      const id = (after ?? before)?.metadata.labels?.[idLabel] ?? '';
      soon(`roll ${id}`, 5, 500, () => roll(id));
      const claim = after === undefined && before !== undefined ? claimOf(before) : undefined;
      if (claim !== undefined) soon(`claim ${claim}`, 5, 500, () => tendClaim(claim));
    }
    if (plural === 'persistentvolumeclaims') soon(`claim ${name}`, 5, 2_000, () => tendClaim(name));
    // Also what is made for an owner that is gone is found.
    if (after === undefined || before === undefined) soon('collect', 5, 3_000, collect);
  });
  return disks;
}

function claimOf(pod: Stored): string | undefined {
  const volumes = asMap(pod.spec)['volumes'];
  for (const volume of Array.isArray(volumes) ? (volumes as unknown[]) : []) {
    const claim = asMap(volume)['persistentVolumeClaim'];
    if (isMap(claim)) return String(claim['claimName']);
  }
  return undefined;
}

/** The name that the Deployment controller gives to a ReplicaSet. */
function setOf({ metadata }: Stored, hash: string): string {
  return `${metadata.name}-${hash}`;
}

function condition(type: string, status: 'True' | 'False'): Record<string, string> {
  return { type, status, lastTransitionTime: '2026-01-01T00:00:00Z' };
}

function readyStatus(pod: Stored): unknown {
  const containers = asMap(pod.spec)['containers'];
  const image = String(asMap(Array.isArray(containers) ? containers[0] : undefined)['image']);
  const state = { running: { startedAt: '2026-01-01T00:00:00Z' } };
  return {
    phase: 'Running',
    conditions: ['PodScheduled', 'Initialized', 'ContainersReady', 'Ready'].map((type) => condition(type, 'True')),
    containerStatuses: [
      { name: 'workspace', image, imageID: image, ready: true, started: true, restartCount: 0, state },
    ],
  };
}

function isReady(pod: Stored): boolean {
  const containers = asMap(pod.status)['containerStatuses'];
  return Array.isArray(containers) && asMap(containers[0])['ready'] === true;
}

function uidOf({ metadata }: Stored): string {
  return metadata.uid;
}

function pathOf({ metadata }: Stored, plural: Plural): string {
  const { apiVersion } = resources[plural];
  const prefix = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  return `${prefix}/namespaces/sim/${plural}/${metadata.name}`;
}
