import { GuildNetError } from '#contract/errors.ts';
import { forbiddenError } from './forbidden.ts';
import { hasStatus, statusOf } from './status-info.ts';
import type { StatusInfo } from './status-info.ts';
import { CredentialError, networkReason, TransportError } from './transport-error.ts';

export { hasStatus, statusOf };

/**
 * Any error of a conversation with the API server as one that can be shown. `doing` completes "… failed while": it is the
 * gerund phrase of what was tried, such as "creating the workspace". Errors that are already ours pass through.
 */
export function fromKubeError(error: unknown, doing: string): GuildNetError {
  if (error instanceof GuildNetError) return error;
  const status = statusOf(error);
  if (status !== undefined) return fromStatus(status, doing, error);
  if (error instanceof TransportError) return fromNetwork(error, doing);
  if (error instanceof CredentialError) return fromCredential(error);
  if (error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError'))
    return new GuildNetError('timeout', `${sentence(doing)} was given up.`, { cause: error });
  return new GuildNetError('internal', `${sentence(doing)} failed inside GuildNet.`, {
    remedy: 'Its log has the cause.',
    cause: error,
  });
}

function fromStatus(status: StatusInfo, doing: string, cause: unknown): GuildNetError {
  const said = status.message ?? `HTTP status ${status.code}`;
  const options = {
    cause,
    details: { status: status.code, ...(status.reason === undefined ? {} : { reason: status.reason }) },
  };
  if (status.code === 401) {
    return new GuildNetError(
      'cluster_unauthorized',
      'The cluster does not accept the credentials of the kubeconfig: they are wrong or have expired.',
      {
        ...options,
        remedy: 'Log in to the cluster again, then retry.',
      },
    );
  }
  if (status.code === 403) return forbiddenError(status, doing, cause);
  if (status.code === 404)
    return new GuildNetError('not_found', `${sentence(doing)} failed: ${said}.`, {
      ...options,
      ...remedyForMissing(status),
    });
  if (status.code === 409) {
    return new GuildNetError('conflict', `${sentence(doing)} failed: ${said}.`, {
      ...options,
      remedy: 'Someone else changed or made it at the same time; try again.',
    });
  }
  if (status.code === 422 || status.code === 400) return invalid(status, doing, cause);
  if (status.code === 429 || status.code >= 500) {
    return new GuildNetError(
      'cluster_offline',
      `${sentence(doing)} failed: the API server is not able to answer now (${said}).`,
      {
        ...options,
        remedy: 'It is tried again by itself; if it stays so, look at the API server.',
      },
    );
  }
  return new GuildNetError('upstream_failed', `${sentence(doing)} failed: ${said}.`, options);
}

function invalid(status: StatusInfo, doing: string, cause: unknown): GuildNetError {
  const webhook = /admission webhook "([^"]+)" denied the request:? ?(.*)/s.exec(status.message ?? '');
  if (webhook !== null) return forbiddenError(status, doing, cause);
  const fields = (status.details?.causes ?? []).map(
    (one) => `${one.field ?? 'the object'}: ${one.message ?? 'invalid'}`,
  );
  const said = fields.length === 0 ? (status.message ?? 'the object is invalid') : fields.join('; ');
  return new GuildNetError('invalid_spec', `${sentence(doing)} failed: the cluster refuses it: ${said}`, {
    details: { status: status.code, fields },
    remedy: 'Correct the named fields.',
    cause,
  });
}

function remedyForMissing(status: StatusInfo): { remedy?: string } {
  if (status.details?.kind === 'namespaces')
    return { remedy: `Create the namespace: kubectl create namespace ${status.details.name ?? ''}` };
  // Not an object but its kind is missing.
  if (/could not find the requested resource|404 page not found/.test(status.message ?? ''))
    return {
      remedy:
        'The cluster does not know this kind of object. If it is the Workspace resource, have an administrator apply what `guildnet crd` prints.',
    };
  return {};
}

function fromNetwork(error: TransportError, doing: string): GuildNetError {
  const reason = networkReason(error.code);
  const details = { network: error.code };
  if (reason?.tls === true) {
    return new GuildNetError('cluster_offline', `The cluster's API server cannot be trusted: ${reason.words}.`, {
      remedy: "Check the kubeconfig's server and certificate-authority.",
      details,
      cause: error,
    });
  }
  return new GuildNetError(
    'cluster_offline',
    `${sentence(doing)} failed: the cluster's API server does not answer (${error.message}).`,
    {
      remedy: 'Check that the cluster runs and that this machine has a way to it (network, VPN).',
      details,
      cause: error,
    },
  );
}

/** What could go wrong beforehand has been told by those who had to know; this is what Node would not send. */
function fromCredential(error: CredentialError): GuildNetError {
  return new GuildNetError('bad_config', 'No request can be made with what the kubeconfig says.', {
    remedy: 'Get a fresh kubeconfig from the cluster; the log of GuildNet has the cause.',
    details: error.code === undefined ? {} : { reason: error.code },
    cause: error,
  });
}

function sentence(doing: string): string {
  return doing.charAt(0).toUpperCase() + doing.slice(1);
}
