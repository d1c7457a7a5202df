import { ApiException } from '@kubernetes/client-node';
import type { GoProgram } from '#local-cluster/build/go-programs.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import type { Controllers, NamedObject, RunningController } from './controllers.ts';

const program: GoProgram = {
  name: 'metallb',
  title: 'MetalLB, which gives load balancers their addresses',
  packages: { 'go.universe.tf/metallb/controller': 'metallb' },
};

const group = 'metallb.io';
const version = 'v1beta1';
const pools = 'ipaddresspools';
/** The controller does not start without one of them, whether it uses it or not. */
const resources: readonly { plural: string; kind: string; versions?: readonly string[] }[] = [
  { plural: pools, kind: 'IPAddressPool' },
  { plural: 'communities', kind: 'Community' },
  { plural: 'l2advertisements', kind: 'L2Advertisement' },
  { plural: 'bgpadvertisements', kind: 'BGPAdvertisement' },
  { plural: 'bgppeers', kind: 'BGPPeer', versions: [version, 'v1beta2'] },
  { plural: 'bfdprofiles', kind: 'BFDProfile' },
];

export interface Metallb extends RunningController {
  /** Gives it addresses: a range (`192.0.2.64/28`) or several. Only who asks for the pool by name gets any of them. */
  addPool(name: string, addresses: readonly string[]): Promise<void>;
}

/** MetalLB's controller, without the speakers that would tell a network about the addresses. */
export async function startMetallb(controllers: Controllers): Promise<Metallb> {
  const { namespace } = controllers;
  for (const { plural, kind, versions = [version] } of resources) await controllers.apply(crd(plural, kind, versions));
  for (const { plural } of resources)
    await waitUntil(() => isServed(controllers, plural), { what: `the API of ${plural}`, timeoutMs: 30_000 });
  const args = [`--namespace=${namespace.name}`, '--webhook-mode=disabled'];
  const running = await controllers.run(program, { args });
  return {
    ...running,
    addPool: async (name, addresses) => {
      await namespace.custom.createNamespacedCustomObject({
        group,
        version,
        namespace: namespace.name,
        plural: pools,
        body: {
          apiVersion: `${group}/${version}`,
          kind: 'IPAddressPool',
          metadata: { name },
          spec: { addresses, autoAssign: false },
        },
      });
    },
  };
}

/** What its installation brings, but for the schema: the controller does not need it, and we know what we write. */
function crd(plural: string, kind: string, versions: readonly string[]): NamedObject {
  const schema = { openAPIV3Schema: { type: 'object', x_kubernetes_preserve_unknown_fields: true } };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { plural, kind, singular: kind.toLowerCase(), listKind: `${kind}List` },
      versions: versions.map((name) => ({ name, served: true, storage: name === versions.at(-1), schema })),
    },
  };
}

async function isServed({ namespace }: Controllers, plural: string): Promise<boolean> {
  const { custom, name } = namespace;
  try {
    await custom.listNamespacedCustomObject({ group, version, namespace: name, plural });
    return true;
  } catch (error) {
    // 429 while the API server sets up the storage of a resource that has just come.
    if (error instanceof ApiException && (error.code === 404 || error.code === 429)) return false;
    throw error;
  }
}
