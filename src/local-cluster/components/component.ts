import { join } from 'node:path';
import type { ClusterPlan } from '../cluster-plan.ts';
import type { Command } from '../process/launch-process.ts';

export const componentNames = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'containerd',
  'kubelet',
  'kube-proxy',
  'network-policies',
  'coredns',
  'local-path-provisioner',
] as const;
export type ComponentName = (typeof componentNames)[number];

/** How to see that a component does its work, beyond being a process. */
export type HealthProbe =
  | { kind: 'https'; port: number; path: string; authority: 'ca' | 'etcd-ca'; client?: string }
  | { kind: 'http'; port: number; path: string }
  | { kind: 'socket'; path: string }
  | { kind: 'running' };

export interface Component {
  name: ComponentName;
  command: Command;
  /** Configuration files it reads; changing one restarts it. */
  files: readonly { path: string; content: string }[];
  health: HealthProbe;
  /** How long it may take to end after SIGTERM. */
  graceMs: number;
}

/** `{a: 'b', c: undefined}` → `['--a=b']` */
export function flags(values: Readonly<Record<string, string | number | boolean | undefined>>): string[] {
  return Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}=${String(value)}`]));
}

/** The environment of every component: little, and the same whoever calls. */
export function componentEnv(plan: ClusterPlan): Record<string, string> {
  const own = plan.programs.node === undefined ? [] : [plan.programs.node.containerd];
  return {
    PATH: [...own, '/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'].join(':'),
    HOME: plan.paths.temporary,
    TMPDIR: plan.paths.temporary,
  };
}

/** A component of the multi-call binary. */
export function kubernetesProgram(plan: ClusterPlan, name: string, args: readonly string[]): Command {
  return { program: join(plan.programs.kubernetes, name), args, env: componentEnv(plan) };
}

export function pkiFiles(plan: ClusterPlan, name: string): { certificate: string; key: string } {
  return { certificate: join(plan.paths.pki, `${name}.crt`), key: join(plan.paths.pki, `${name}.key`) };
}
