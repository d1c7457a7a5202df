/** What is known of a port, of a container or of a Service. */
export interface DescribedPort {
  port: number;
  name?: string | undefined;
  /** A Service's own word on the protocol of this port. */
  appProtocol?: string | undefined;
}

export type PortScheme = 'http' | 'https';

/** The protocols that Kubernetes or IANA give a meaning of their own to; those of a vendor say nothing to us. */
const ofAppProtocol: ReadonlyMap<string, PortScheme> = new Map([
  ['http', 'http'],
  ['https', 'https'],
  ['kubernetes.io/h2c', 'http'],
  ['kubernetes.io/ws', 'http'],
  ['kubernetes.io/wss', 'https'],
]);
const tlsPorts = new Set([443, 8443]);

/**
 * Whether a port speaks TLS: the one answer for probes, proxy, Ingress and links. In this order
 *  1. `appProtocol`, where it is one that Kubernetes knows (https://kubernetes.io/docs/concepts/services-networking/service/#application-protocol);
 *  2. a name that is a protocol, alone or before a hyphen: `https`, `https-admin`, `http`, `http-web`; `httpstat` is none;
 *  3. the number: 8443 and 443 are TLS (specification, "Proxy Resolution Order"), all others are not.
 */
export function schemeOfPort({ port, name, appProtocol }: DescribedPort): PortScheme {
  const declared = appProtocol === undefined ? undefined : ofAppProtocol.get(appProtocol.toLowerCase());
  if (declared !== undefined) return declared;
  const named = /^(?<scheme>https?)(?:-|$)/.exec(name ?? '')?.groups?.['scheme'];
  if (named === 'http' || named === 'https') return named;
  return tlsPorts.has(port) ? 'https' : 'http';
}
