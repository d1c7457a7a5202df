/** The request did not get an answer: refused, not resolved, reset, TLS, too late. The cause has the system's code. */
export class TransportError extends Error {
  readonly code: string;

  constructor(cause: unknown) {
    super(describeCause(cause), { cause });
    this.name = 'TransportError';
    this.code = codeOf(cause) ?? 'UNKNOWN';
  }
}

/** No request could be made with the credentials and certificates there are. Nothing was sent. */
export class CredentialError extends Error {
  readonly code: string | undefined;

  constructor(cause: unknown) {
    super('no request could be made', { cause });
    this.name = 'CredentialError';
    this.code = codeOf(cause);
  }
}

/** The API server's own refusal: an HTTP status ≥ 400 with its Status body, where it sent one. */
export class StatusError extends Error {
  readonly status: number;
  readonly body: unknown;

  constructor(status: number, body: unknown) {
    super(`the API server answered ${status}`);
    this.name = 'StatusError';
    this.status = status;
    this.body = body;
  }
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  // Happy Eyeballs: Node wraps the refusal of each address.
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return codeOf(error.cause);
}

const tlsWords: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: "the server's certificate has expired",
  SELF_SIGNED_CERT_IN_CHAIN: "the server's certificate is not signed by the authority in the kubeconfig",
  DEPTH_ZERO_SELF_SIGNED_CERT: "the server's certificate is not signed by the authority in the kubeconfig",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "the server's certificate is not signed by the authority in the kubeconfig",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "the server's certificate is not signed by the authority in the kubeconfig",
  CERT_SIGNATURE_FAILURE: "the server's certificate is not signed by the authority in the kubeconfig",
  ERR_TLS_CERT_ALTNAME_INVALID: "the server's certificate is for another name",
  CERT_NOT_YET_VALID: "the server's certificate is not valid yet; is this machine's clock right?",
  EPROTO: 'the server does not speak TLS there',
};

const networkWords: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was cut off',
  EPIPE: 'the connection was cut off',
  ENOTFOUND: 'its name is not known to DNS',
  EAI_AGAIN: 'DNS does not answer',
  EHOSTUNREACH: 'there is no route to it',
  ENETUNREACH: 'there is no network',
};

/** What went wrong with a connection, in words, or undefined when the code is not a known one. */
export function networkReason(code: string): { words: string; tls: boolean } | undefined {
  const tls = tlsWords[code];
  if (tls !== undefined) return { words: tls, tls: true };
  const network = networkWords[code];
  return network === undefined ? undefined : { words: network, tls: false };
}

function describeCause(cause: unknown): string {
  const code = codeOf(cause);
  const known = code === undefined ? undefined : networkReason(code);
  if (known !== undefined) return known.words;
  return cause instanceof Error && cause.message !== '' ? cause.message : (code ?? 'the connection failed');
}
