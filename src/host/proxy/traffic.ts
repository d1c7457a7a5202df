import type { IncomingHttpHeaders } from 'node:http';

export interface ExchangeFacts {
  kind: 'request' | 'socket';
  method: string;
  /** As the workspace is asked for it: path and query, byte for byte. */
  path: string;
  headers: Readonly<IncomingHttpHeaders>;
}

export interface ExchangeWatch {
  /** Bytes from the client: of a request's body, or on an upgraded socket. */
  fromClient(chunk: Buffer): void;
  /** Bytes from the workspace. */
  fromWorkspace(chunk: Buffer): void;
  /** The exchange is over. */
  end(): void;
}

/** What the proxy tells of traffic to workspaces, as it passes; whoever listens decides what of it is use by a person. */
export interface Traffic {
  begin(id: string, exchange: ExchangeFacts): ExchangeWatch;
  /** A connection to a port of it that is forwarded to this machine: bytes of a protocol that nobody knows. */
  forward(id: string, port: number): ExchangeWatch;
}

/** For traffic that nobody listens to. */
export const unwatched: ExchangeWatch = {
  fromClient: () => undefined,
  fromWorkspace: () => undefined,
  end: () => undefined,
};
