import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { V1ClusterRoleBinding, V1CustomResourceDefinition, V1IngressClass } from '@kubernetes/client-node';
import { PatchStrategy } from '@kubernetes/client-node';
import { progressLines } from '#cli/progress-lines.ts';
import { ensureGoProgram } from '#local-cluster/build/build-go-program.ts';
import type { GoProgram } from '#local-cluster/build/go-programs.ts';
import { findGoToolchain } from '#local-cluster/build/go-toolchain.ts';
import { defaultPaths } from '#local-cluster/paths.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { createNamespace } from '../create-namespace.ts';
import type { TestNamespace } from '../create-namespace.ts';
import { shell } from '../failures/provoke.ts';

/** For the first build of a controller on two cores, which also fetches its sources, in milliseconds. */
export const buildTimeoutMs = 30 * 60_000;

/** For cluster tests: other people's controllers, each in a pod of a namespace that goes when this is disposed of. */
export interface Controllers extends AsyncDisposable {
  namespace: TestNamespace;
  /** Makes what is the whole cluster's, and takes it away in the end. What an interrupted run has left is taken over. */
  apply(object: NamedObject): Promise<void>;
  run(program: GoProgram, options: RunOptions): Promise<RunningController>;
}

export type NamedObject = (V1ClusterRoleBinding | V1CustomResourceDefinition | V1IngressClass) & {
  metadata: { name: string };
};

export interface RunOptions {
  args: readonly string[];
  /** Port on the node's own address → port of the program. */
  ports?: Readonly<Record<number, number>>;
}

export interface RunningController {
  /** The node's address, which this machine reaches. */
  address: string;
  /** The end of what it has written so far. */
  log(): Promise<string>;
}

export async function openControllers(kubeconfigPath: string): Promise<Controllers> {
  const owned = new AsyncDisposableStack();
  const namespace = owned.use(await createNamespace(kubeconfigPath));
  const apply = async (object: NamedObject): Promise<void> => {
    const { objects, name } = namespace;
    await objects.patch(object, undefined, undefined, name, true, PatchStrategy.ServerSideApply);
    owned.defer(async () => {
      await objects.delete(object);
    });
  };
  try {
    // They are at home in clusters where they may do what they want; which rights they need is not what is tested.
    await apply({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: `controllers-${namespace.name}` },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
      subjects: [{ kind: 'ServiceAccount', name: 'default', namespace: namespace.name }],
    });
  } catch (error) {
    await owned.disposeAsync();
    throw error;
  }
  return {
    namespace,
    apply,
    run: async (program, options) => runPod(namespace, program.name, await buildController(program), options),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** Builds the program unless it is cached; the path of its file, which the node sees under the same name. */
export async function buildController(program: GoProgram): Promise<string> {
  const cacheDir = defaultPaths(process.env).cache;
  const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
  const local = { cacheDir, report: progressLines(), recipeDir: folder('../../src/local-cluster/recipe') };
  const built = await ensureGoProgram({ ...local, recipeDir: folder('recipe') }, program, () => findGoToolchain(local));
  return join(built, program.name);
}

async function runPod(
  { core, name: namespace }: TestNamespace,
  name: string,
  file: string,
  { args, ports = {} }: RunOptions,
): Promise<RunningController> {
  await core.createNamespacedPod({
    namespace,
    body: {
      metadata: { name },
      spec: {
        terminationGracePeriodSeconds: 0,
        containers: [
          {
            name,
            image: shell,
            imagePullPolicy: 'Never',
            command: ['/program', ...args],
            ports: Object.entries(ports).map(([hostPort, containerPort]) => ({
              hostPort: Number(hostPort),
              containerPort,
            })),
            // The cache may be readable by its owner only.
            securityContext: { runAsUser: 0 },
            volumeMounts: [{ name: 'program', mountPath: '/program', readOnly: true }],
          },
        ],
        volumes: [{ name: 'program', hostPath: { path: file, type: 'File' } }],
      },
    },
  });
  const log = (): Promise<string> => core.readNamespacedPodLog({ name, namespace, tailLines: 60 });
  const now = async () => (await core.readNamespacedPod({ name, namespace })).status;
  const status = await waitUntil(
    async () => {
      const found = await now();
      return found?.phase === 'Running' ? found : undefined;
    },
    { what: `${name} to run`, timeoutMs: 60_000, explain: async () => JSON.stringify(await now()) },
  );
  return { address: status.hostIP ?? '', log };
}
