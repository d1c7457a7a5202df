import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { V1Pod, V1PodSpec } from '@kubernetes/client-node';
import { waitUntil } from '#local-cluster/wait-until.ts';
import type { Ground } from './by-guildnet.ts';
import type { Moments } from './figures.ts';
import { firstAnswer } from './first-answer.ts';
import { forwardPort } from './forward-port.ts';

export interface Kubectl {
  program: string;
  kubeconfigPath: string;
}

/** Starts the same pod the plain way: apply, wait until Ready, forward its port, and ask. Deletes it. */
export async function launchByKubectl(kubectl: Kubectl, spec: V1PodSpec, ground: Ground): Promise<Moments> {
  const { core, namespace, pods } = ground;
  const name = `plain-${Date.now().toString(36)}`;
  const common = ['--kubeconfig', kubectl.kubeconfigPath, '--namespace', namespace];
  const start = performance.now();
  await run(kubectl.program, [...common, 'apply', '-f', '-'], JSON.stringify(barePod(name, spec)));
  const accepted = performance.now() - start;
  await run(kubectl.program, [...common, 'wait', '--for=condition=Ready', `pod/${name}`, '--timeout=120s']);
  const seen = performance.now() - start;

  const port = spec.containers[0]?.ports?.[0]?.containerPort ?? 8080;
  let firstByte: number;
  {
    await using forward = await forwardPort(kubectl.program, common, name, port);
    firstByte = (await firstAnswer(`http://127.0.0.1:${forward.port}/`)) - start;
  }
  const podMoments = await waitUntil(() => pods.of(name, start), {
    what: `all of ${name} to be seen`,
    timeoutMs: 10_000,
  });
  await core.deleteNamespacedPod({ name, namespace });
  const left = async (): Promise<boolean> => (await core.listNamespacedPod({ namespace })).items.length === 0;
  await waitUntil(left, { what: `${name} to be gone`, timeoutMs: 60_000 });
  return { accepted, ...podMoments, seen, firstByte };
}

/** The pod that a Deployment made, as a person would write it: without what the cluster filled in, and without our Secrets, which go with their workspace. */
export function barePod(name: string, spec: V1PodSpec): V1Pod {
  const injected = (volume: string): boolean => volume.startsWith('kube-api-access-');
  const own = structuredClone(spec);
  delete own.nodeName;
  own.volumes = (own.volumes ?? []).filter((volume) => !injected(volume.name));
  for (const container of own.containers) {
    container.volumeMounts = (container.volumeMounts ?? []).filter((mount) => !injected(mount.name));
    if (container.env === undefined) continue;
    container.env = container.env.map((variable) =>
      variable.valueFrom?.secretKeyRef === undefined ? variable : { name: variable.name, value: 'plain' },
    );
  }
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: own };
}

async function run(program: string, args: readonly string[], input = ''): Promise<void> {
  const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'pipe'] });
  const closed = once(child, 'close');
  const complaint = text(child.stderr);
  child.stdin.end(input);
  await closed;
  if (child.exitCode !== 0) throw new Error(`kubectl ${args.slice(4).join(' ')} failed:\n${await complaint}`);
}
