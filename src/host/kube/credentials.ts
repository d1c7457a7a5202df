import { X509Certificate } from 'node:crypto';
import { bufferFromFileOrString } from '@kubernetes/client-node';
import type { KubeConfig, User } from '@kubernetes/client-node';
import { GuildNetError } from '#contract/errors.ts';

/**
 * Why the cluster answered 401 to this kubeconfig, as far as the credentials themselves tell: an expired client
 * certificate or token says when, an exec plugin or a missing credential is named.
 */
export function unauthorizedError(config: KubeConfig, cause: unknown, now: Date = new Date()): GuildNetError {
  const user = config.getCurrentUser();
  const who = `The credentials of the kubeconfig's user "${user?.name ?? ''}"`;
  const fail = (message: string, remedy: string): GuildNetError =>
    new GuildNetError('cluster_unauthorized', message, { remedy, cause });
  if (user === null || !hasCredentials(user)) {
    return fail(
      `The kubeconfig has no credentials for the user "${user?.name ?? ''}", and the cluster asks for some.`,
      'Log in to the cluster, or get a kubeconfig from its administrator.',
    );
  }
  const expired = expiry(user);
  if (expired !== undefined && expired.at.getTime() <= now.getTime()) {
    return fail(
      `${who} have expired: the ${expired.what} was valid until ${expired.at.toISOString()}.`,
      'Log in to the cluster again, or get a fresh kubeconfig, then retry.',
    );
  }
  if (user.exec !== undefined && user.exec !== null) {
    return fail(
      `The cluster does not accept the credentials that the program of the kubeconfig's user "${user.name}" gives.`,
      'Log in again with that program, then retry.',
    );
  }
  return fail(
    `${who} are not accepted by the cluster: they are wrong or have expired.`,
    'Log in to the cluster again, or get a fresh kubeconfig, then retry.',
  );
}

function hasCredentials(user: User): boolean {
  return [user.token, user.certData, user.certFile, user.exec, user.authProvider, user.username].some(
    (one) => one !== undefined && one !== null && one !== '',
  );
}

function expiry(user: User): { what: string; at: Date } | undefined {
  const certificate = certificateEnd(user);
  if (certificate !== undefined) return { what: 'client certificate', at: certificate };
  const token = user.token === undefined || user.token === null ? undefined : tokenEnd(user.token);
  return token === undefined ? undefined : { what: 'token', at: token };
}

function certificateEnd(user: User): Date | undefined {
  try {
    const pem = bufferFromFileOrString(user.certFile, user.certData);
    return pem === null ? undefined : new X509Certificate(pem).validToDate;
  } catch {
    // Not a certificate: the transport has said so before anything was sent.
    return undefined;
  }
}

/** `exp` of a JSON Web Token; tokens of other kinds do not tell. */
function tokenEnd(token: string): Date | undefined {
  try {
    const payload: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    if (payload !== null && typeof payload === 'object' && 'exp' in payload && typeof payload.exp === 'number')
      return new Date(payload.exp * 1000);
  } catch {
    // An opaque token.
  }
  return undefined;
}
