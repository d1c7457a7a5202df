/** What proves to the API server who we are, for one request. All of it is secret. */
export interface Credential {
  /** The `Authorization` header. */
  authorization?: string;
  /** A client certificate with its key, in PEM, where it does not stand in the kubeconfig. */
  certificate?: { cert: string; key: string };
}

/** Where credentials come from. */
export interface CredentialSource {
  /** What to send with the next request. Rejects with a GuildNetError. */
  current(): Promise<Credential>;
  /** The server took a request that carried it. */
  accepted(credential: Credential): void;
  /** The server answered 401 to it. Resolves with true when another one can be had at once, so that asking again is worth while. */
  refused(credential: Credential): Promise<boolean>;
  /** What a program that is being waited for says, fit to be shown. */
  said?(): string | undefined;
}

/** The same for ever: what stands in the kubeconfig, or nothing. */
export function fixedCredential(credential: Credential): CredentialSource {
  return {
    current: () => Promise.resolve(credential),
    accepted: () => undefined,
    refused: () => Promise.resolve(false),
  };
}
