/** Something in front of a host, by which browsers come: another port of this machine, or another machine's name. */
export interface OuterFront extends AsyncDisposable {
  /** The host's origin as browsers see it: what `GUILDNET_PUBLIC_URL` is. */
  readonly origin: string;
  /** Where it listens on this machine. */
  readonly port: number;
  /** PEM of its own certificate, where it ends TLS itself. */
  readonly certificate?: string;
  /** Begins to hand connections on to the host, which listens by now. */
  leadTo(hostPort: number): Promise<void>;
}
