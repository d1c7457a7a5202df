/** Where a peer finds things, by the name that they have asked for this host. */
export interface PeerUrls {
  /** The origin of the control UI. */
  control: string;
  /** A workspace, or one port of it; undefined where it has no address. */
  workspace(id: string, port?: number): string | undefined;
  /** The same once it can be reached. Throws `unsupported` where it has none. */
  reachable(id: string, port?: number): Promise<string>;
}
