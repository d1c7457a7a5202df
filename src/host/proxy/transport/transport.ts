import type { Duplex } from 'node:stream';

export interface PodName {
  namespace: string;
  pod: string;
}

export interface TunnelTarget extends PodName {
  port: number;
}

/** A stream to a container's port that can stand in for a socket: it is `connecting` until it emits `connect`. */
export interface Tunnel extends Duplex {
  readonly connecting: boolean;
}

/**
 * A way to reach a container's port. The stream is returned at once and takes writes while it connects; what goes wrong
 * destroys it with a TunnelError. Destroying it ends the connection in the pod.
 */
export interface Transport {
  open(target: TunnelTarget): Tunnel;
}
