import type { TransportKind } from '#contract/transport.ts';
import type { HostConfig } from './config.ts';

/** The ways to the pods that a configuration allows, the best first. */
export function waysOf({
  transport,
  disableApiProxy,
}: Pick<HostConfig, 'transport' | 'disableApiProxy'>): TransportKind[] {
  // The specification's word, and the stronger one: whoever says so has an API server that is not to carry this.
  if (disableApiProxy) return ['direct'];
  switch (transport) {
    case 'auto':
      return ['spdy', 'spdy-websocket', 'channels', 'pod-proxy'];
    case 'port-forward':
      return ['spdy', 'spdy-websocket', 'channels'];
    case 'pod-proxy':
      return ['pod-proxy'];
  }
}
