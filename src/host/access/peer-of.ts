import type { Socket } from 'node:net';
import type { Peer } from '#contract/identity.ts';

/** Who of the tailnet holds this connection; undefined for those that came by loopback. Rejects when it came by the tailnet and nobody knows. */
export type PeerOf = (socket: Socket) => Promise<Peer | undefined>;
