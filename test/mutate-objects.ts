import { waitUntil } from '#local-cluster/wait-until.ts';
import type { TestNamespace } from './create-namespace.ts';

const apiVersion = 'admissionregistration.k8s.io/v1';
const marker = 'guildnet.test/mutated';

const kinds = {
  deployments: {
    apiGroup: 'apps',
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    spec: {
      selector: { matchLabels: { probe: 'probe' } },
      template: { metadata: { labels: { probe: 'probe' } }, spec: { containers: [{ name: 'c', image: 'i' }] } },
    },
  },
  persistentvolumeclaims: {
    apiGroup: '',
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  },
} as const;

/**
 * For tests: a policy of the cluster that changes all objects of a kind in one namespace when they are written, as a company's
 * own admission does. `patch` is a CEL list of JSONPatch operations. Resolves when it is in force; disposing of it takes it away.
 */
export async function mutateObjects(
  { objects, name }: TestNamespace,
  plural: keyof typeof kinds,
  patch: string,
): Promise<AsyncDisposable> {
  const { apiGroup, ...kind } = kinds[plural];
  const metadata = { name: `${name}-${plural}` };
  // One that says so is marked instead: it is how the policy is seen to be in force.
  const asked = `object.metadata.?annotations["${marker}"].orValue("") == "asked"`;
  const answer = `[JSONPatch{op: "replace", path: "/metadata/annotations/guildnet.test~1mutated", value: "yes"}]`;
  const policy = {
    apiVersion,
    kind: 'MutatingAdmissionPolicy',
    metadata,
    spec: {
      matchConstraints: {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
        resourceRules: [
          { apiGroups: [apiGroup], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: [plural] },
        ],
      },
      reinvocationPolicy: 'Never',
      failurePolicy: 'Fail',
      mutations: [{ patchType: 'JSONPatch', jsonPatch: { expression: `${asked} ? ${answer} : (${patch})` } }],
    },
  };
  const binding = {
    apiVersion,
    kind: 'MutatingAdmissionPolicyBinding',
    metadata,
    spec: { policyName: metadata.name },
  };
  await objects.create(policy);
  await objects.create(binding);
  const probe = { ...kind, metadata: { name: 'probe', namespace: name, annotations: { [marker]: 'asked' } } };
  const isInForce = async (): Promise<boolean> => {
    const made = await objects.create(probe, undefined, 'All');
    return made.metadata?.annotations?.[marker] === 'yes';
  };
  await waitUntil(isInForce, { what: 'the policy to be in force', timeoutMs: 60_000 });
  return {
    async [Symbol.asyncDispose]() {
      await objects.delete(binding);
      await objects.delete(policy);
    },
  };
}
