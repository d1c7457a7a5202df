import { ApiException } from '@kubernetes/client-node';
import { labels } from '#contract/workspace.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { echo, shell } from './provoke.ts';
import type { Provocation } from './provoke.ts';

const marker = 'guildnet.test/mutated';
const apiVersion = 'admissionregistration.k8s.io/v1';

/**
 * Changes the pods of one workspace on their way into the cluster, as a platform's own admission does. `spec` is a CEL object:
 * `Object.spec{hostPID: true}`. Resolves when pods are changed; one that came before that would be as it was. The namespace
 * has to take any other pod.
 */
export async function mutatePods(provocation: Provocation, workspace: string, spec: string): Promise<void> {
  const metadata = `Object.metadata{annotations: {"${marker}": "yes"}}`;
  const expression = `Object{metadata: ${metadata}, spec: ${spec}}`;
  await mutate(provocation, workspace, { patchType: 'ApplyConfiguration', applyConfiguration: { expression } });
}

/** Puts a container of that name into the pods of one workspace, beside its own or to be run before it, that runs a line of shell. */
export async function addContainer(
  provocation: Provocation,
  workspace: string,
  { name, first = false, script }: { name: string; first?: boolean; script: string },
): Promise<void> {
  const kind = first ? 'initContainers' : 'containers';
  const made = `Object.spec.${kind}{name: "${name}", image: "${shell}", command: ["/bin/sh", "-c", "${script}"]}`;
  // A list of containers is there before, one of those that run first is not.
  const put = first ? `path: "/spec/${kind}", value: [${made}]` : `path: "/spec/${kind}/-", value: ${made}`;
  const mark = `path: "/metadata/annotations", value: {"${marker}": "yes"}`;
  const expression = `[JSONPatch{op: "add", ${put}}, JSONPatch{op: "add", ${mark}}]`;
  await mutate(provocation, workspace, { patchType: 'JSONPatch', jsonPatch: { expression } });
}

async function mutate({ namespace, create }: Provocation, workspace: string, mutation: object): Promise<void> {
  const name = `${namespace.name}-${workspace}`;
  const labelled = { [labels.id]: workspace };
  await create({
    apiVersion,
    kind: 'MutatingAdmissionPolicy',
    metadata: { name },
    spec: {
      matchConstraints: {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace.name } },
        objectSelector: { matchLabels: labelled },
        resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
      },
      reinvocationPolicy: 'Never',
      failurePolicy: 'Fail',
      mutations: [mutation],
    },
  });
  await create({
    apiVersion,
    kind: 'MutatingAdmissionPolicyBinding',
    metadata: { name },
    spec: { policyName: name },
  });
  const body = { metadata: { name: 'tried', labels: labelled }, spec: { containers: [{ name: 'c', image: echo }] } };
  const isChanged = async (): Promise<boolean> => {
    try {
      const made = await namespace.core.createNamespacedPod({ namespace: namespace.name, body, dryRun: 'All' });
      return made.metadata?.annotations?.[marker] !== undefined;
    } catch (error) {
      // What is made of it may be refused, which an unchanged one is not; but not because `spec` cannot be made sense of.
      const isRefused = error instanceof ApiException && (error.code === 403 || error.code === 422);
      if (isRefused && !/ApplyConfiguration|JSONPatch/.test(error.message)) return true;
      throw error;
    }
  };
  await waitUntil(isChanged, { what: `the pods of ${workspace} to be changed`, timeoutMs: 60_000 });
}
