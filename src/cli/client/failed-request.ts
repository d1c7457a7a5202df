import { GuildNetError } from '#contract/errors.ts';

/** Node's and OpenSSL's codes for a certificate that is not trusted for this host. */
const untrusted = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_HAS_EXPIRED',
]);

const causes: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'it closed the connection',
  UND_ERR_SOCKET: 'it closed the connection',
  ENOTFOUND: 'its name is not known',
  EAI_AGAIN: 'its name cannot be looked up now',
  ETIMEDOUT: 'it does not answer',
  UND_ERR_CONNECT_TIMEOUT: 'it does not answer',
  UND_ERR_HEADERS_TIMEOUT: 'it does not answer',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no way to it',
};

/** The first error code in a chain of causes; fetch hides the real one behind "fetch failed". */
function codeOf(error: unknown): string | undefined {
  for (let current = error; current instanceof Error; current = firstCause(current)) {
    if ('code' in current && typeof current.code === 'string') return current.code;
  }
  return undefined;
}

function firstCause(error: Error): unknown {
  return error.cause ?? (error instanceof AggregateError ? error.errors[0] : undefined);
}

function innermost(error: Error): Error {
  const cause = firstCause(error);
  return cause instanceof Error ? innermost(cause) : error;
}

/** What it means that a request got no answer from the host at `url`, and what to do. */
export function fromFailedRequest(error: Error, url: string): GuildNetError {
  const code = codeOf(error);
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return new GuildNetError('upstream_failed', `The certificate of ${url} was made for another name.`, {
      remedy: 'Call the host by a name that its certificate holds.',
      cause: error,
    });
  }
  if (code !== undefined && untrusted.has(code)) {
    return new GuildNetError('upstream_failed', `The certificate of ${url} is not trusted (${code}).`, {
      remedy:
        "Give the host's own certificate authority with --ca; it is state/certs/ca.crt in the host's home folder.",
      cause: error,
    });
  }
  const why = (code === undefined ? undefined : causes[code]) ?? code ?? innermost(error).message;
  return new GuildNetError('upstream_failed', `The host at ${url} cannot be reached: ${why}.`, {
    remedy: 'Check that it is running and that the address is right.',
    cause: error,
  });
}
