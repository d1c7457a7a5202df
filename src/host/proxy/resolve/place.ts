import { isIP } from 'node:net';
import type { TargetText } from '../forms/target-text.ts';

/** Where a host is to be looked for. */
export type Place =
  | { kind: 'address'; address: string }
  | { kind: 'service'; namespace: string; name: string }
  /** A pod by its name behind a headless Service, as StatefulSets have them. */
  | { kind: 'pod'; namespace: string; name: string }
  /** A name that can be nothing of the cluster. */
  | { kind: 'outside' };

const clusterDomain = /\.cluster\.local$/;

/** `10-0-0-7` and `2001-db8--1` are how pods are called in DNS. */
function addressOfPodName(name: string): string | undefined {
  const four = name.replaceAll('-', '.');
  if (isIP(four) === 4) return four;
  const six = name.replaceAll('-', ':');
  return isIP(six) === 6 ? six : undefined;
}

/** Whether the configuration names this host and port; one without a port means all of its ports. */
export function isConfigured(
  { host, port }: { host: string; port: number },
  configured: readonly Pick<TargetText, 'host' | 'port'>[],
): boolean {
  return configured.some((one) => one.host === host && (one.port === undefined || one.port === port));
}

/**
 * Where a host is to be looked for: the cluster's own names (https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/),
 * of which one of a single label is in the workspaces' `namespace`, then the world outside.
 */
export function placeOf(host: string, namespace: string): Place {
  if (isIP(host) !== 0) return { kind: 'address', address: host };
  if (host === 'localhost' || host.endsWith('.localhost')) return { kind: 'outside' };
  const labels = host.replace(clusterDomain, '').split('.');
  const [first = '', second = '', third = '', fourth] = labels;
  if (clusterDomain.test(host) && labels.length < 3) return { kind: 'outside' };
  if (labels.length === 1) return { kind: 'service', namespace, name: first };
  if (labels.length === 2 || (labels.length === 3 && third === 'svc'))
    return { kind: 'service', namespace: second, name: first };
  if (labels.length === 3 && third === 'pod') {
    const address = addressOfPodName(first);
    return address === undefined ? { kind: 'outside' } : { kind: 'address', address };
  }
  return labels.length === 4 && fourth === 'svc' ? { kind: 'pod', namespace: third, name: first } : { kind: 'outside' };
}
