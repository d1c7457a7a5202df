import { connect } from 'node:net';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { listOf, longest, most, openObject, textOf } from '#contract/bounded.ts';
import type { Finding } from '#contract/doctor.ts';
import { hasStatus } from '../../kube/errors.ts';
import type { Kube } from '../../kube/kube.ts';
import type { TailnetRoute } from '../../tailnet/tailnet.ts';
import { ok, skipped, warning } from '../check.ts';
import type { Check } from '../check.ts';
import { withoutCluster } from './cluster.ts';

/** A network of the cluster, and an address in it at which something listens. */
export interface ClusterNetwork {
  cidr: string;
  of: 'pods' | 'Services';
  /** Whether this computer's own network leads there; undefined where nothing is known to be there. */
  reached?: boolean | undefined;
}

type Range = ReturnType<typeof ipaddr.parseCIDR>;

function contains([outer, outerBits]: Range, [inner, innerBits]: Range): boolean {
  return outer.kind() === inner.kind() && innerBits >= outerBits && inner.match([outer, outerBits] as never);
}

function rangeOf(cidr: string): Range | undefined {
  return ipaddr.isValidCIDR(cidr) ? ipaddr.parseCIDR(cidr) : undefined;
}

/** Which networks of the cluster can be dialled, and which nobody leads to. `routes`: undefined where there is no tailnet. Pure. */
export function judgeDirectWays(
  networks: readonly ClusterNetwork[],
  routes: readonly TailnetRoute[] | undefined,
): Finding[] {
  return networks.map(({ cidr, of, reached }) => {
    const range = rangeOf(cidr);
    const leading = (routes ?? []).filter(({ cidr: route }) => {
      const outer = rangeOf(route);
      return range !== undefined && outer !== undefined && contains(outer, range);
    });
    const online = leading.find((route) => route.online);
    if (online !== undefined) return ok(`${online.via} of the tailnet leads to ${cidr}, where ${of} are.`);
    if (reached === true) return ok(`This computer's own network leads to ${cidr}, where ${of} are.`);
    const [away] = leading;
    if (away !== undefined)
      return warning(
        `${away.via} of the tailnet leads to ${cidr}, where ${of} are, and is not online.`,
        'Start it again; until then they cannot be dialled.',
      );
    if (routes === undefined)
      return warning(
        `Whether anything leads from here to ${cidr}, where ${of} are, is not known: this host is on no tailnet.`,
        `Give this computer a route to ${cidr}, or put the host on a tailnet in which a node advertises it.`,
      );
    return warning(
      `Nobody in the tailnet advertises ${cidr}, where ${of} are, so that they cannot be dialled.`,
      `On a machine that reaches them: tailscale set --advertise-routes=${cidr}; then approve the route in the tailnet's administration.`,
    );
  });
}

const nodesSchema = openObject({
  items: listOf(
    openObject({ spec: openObject({ podCIDRs: listOf(textOf(longest.label), 8).optional() }).optional() }),
    most.inAList,
  ),
});
const podsSchema = openObject({
  items: listOf(
    openObject({
      spec: openObject({ hostNetwork: z.boolean().optional() }).optional(),
      status: openObject({
        podIPs: listOf(openObject({ ip: textOf(longest.label) }), 8).optional(),
      }).optional(),
    }),
    most.objects,
  ),
});
const serviceCidrsSchema = openObject({
  items: listOf(openObject({ spec: openObject({ cidrs: listOf(textOf(longest.label), 8) }) }), most.entries),
});
const serviceSchema = openObject({ spec: openObject({ clusterIP: textOf(longest.label) }) });

/** Where pods are: as the nodes say, and else as far as it can be told from the pods themselves. */
async function podNetworks(kube: Kube, signal: AbortSignal): Promise<string[]> {
  try {
    const { items } = nodesSchema.parse(await kube.rest.json('GET', '/api/v1/nodes', { signal }));
    const said = items.flatMap(({ spec }) => spec?.podCIDRs ?? []);
    if (said.length > 0) return [...new Set(said)];
  } catch (error) {
    if (!hasStatus(error, 403)) throw error;
  }
  const path = `/api/v1/namespaces/${kube.namespace}/pods`;
  const { items } = podsSchema.parse(await kube.rest.json('GET', path, { signal }));
  const addresses = items
    .filter(({ spec }) => spec?.hostNetwork !== true)
    .flatMap(({ status }) => (status?.podIPs ?? []).map(({ ip }) => ip));
  return [...new Set(addresses.filter((ip) => ipaddr.isValid(ip)).map(around))];
}

/** The network that a node usually has for its pods (kube-controller-manager, --node-cidr-mask-size-ipv4 and -ipv6). */
function around(ip: string): string {
  const address = ipaddr.parse(ip);
  return address.kind() === 'ipv4'
    ? `${ipaddr.IPv4.networkAddressFromCIDR(`${ip}/24`).toString()}/24`
    : `${ipaddr.IPv6.networkAddressFromCIDR(`${ip}/64`).toString()}/64`;
}

/** Where Services are, and the API server's own among them: from Kubernetes 1.33 on the cluster says the former. */
async function serviceNetworks({ rest }: Kube, signal: AbortSignal): Promise<{ cidrs: string[]; own: string }> {
  const path = '/api/v1/namespaces/default/services/kubernetes';
  const { spec } = serviceSchema.parse(await rest.json('GET', path, { signal }));
  const own = spec.clusterIP;
  try {
    const found = await rest.json('GET', '/apis/networking.k8s.io/v1/servicecidrs', { signal });
    return { cidrs: serviceCidrsSchema.parse(found).items.flatMap((item) => item.spec.cidrs), own };
  } catch (error) {
    if (!hasStatus(error, 403) && !hasStatus(error, 404)) throw error;
    return { cidrs: [`${own}/${own.includes(':') ? '128' : '32'}`], own };
  }
}

const reachMs = 2_000;

/** Whether somebody answers there; a refusal is an answer. */
function reaches(host: string, port: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, signal });
    const timer = setTimeout(() => socket.destroy(), reachMs);
    socket.once('connect', () => {
      resolve(true);
      socket.destroy();
    });
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'ECONNREFUSED'));
    socket.once('close', () => {
      clearTimeout(timer);
      resolve(false);
    });
  });
}

export const directWays: Check = {
  id: 'direct-ways',
  title: 'Ways to the pods without the API server',
  inapplicable: (patient) =>
    patient.config?.disableApiProxy === true
      ? withoutCluster(patient)
      : 'HOSTAPP_DISABLE_API_PROXY is off: the API server leads to the pods.',
  check: async (patient, signal) => {
    const kube = await patient.kube();
    const [pods, services] = await Promise.all([podNetworks(kube, signal), serviceNetworks(kube, signal)]);
    const reached = await reaches(services.own, 443, signal);
    const isOn = patient.tailnet?.state.phase === 'running';
    const routes = isOn ? await patient.tailnet?.routes() : undefined;
    const own = rangeOf(`${services.own}/${services.own.includes(':') ? '128' : '32'}`);
    const networks: ClusterNetwork[] = [
      ...pods.map((cidr) => ({ cidr, of: 'pods' as const })),
      ...services.cidrs.map((cidr) => {
        const range = rangeOf(cidr);
        const isThere = range !== undefined && own !== undefined && contains(range, own);
        return { cidr, of: 'Services' as const, ...(isThere ? { reached } : {}) };
      }),
    ];
    if (patient.tailnet === undefined && !reached)
      return [skipped('What the tailnet leads to, only the host knows: start it, and ask again.')];
    return judgeDirectWays(networks, routes);
  },
};
