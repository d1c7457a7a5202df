import { X509Certificate } from 'node:crypto';
import { GuildNetError } from '#contract/errors.ts';
import type { Entry } from '../kubeconfig/entries.ts';
import type { UserFields } from '../kubeconfig/schema.ts';
import { tokenEnd } from './token-end.ts';

/** What was sent to the server that did not take it. */
export interface Refused {
  authorization: string | undefined;
  clientCertificate: Buffer | undefined;
}

/**
 * Why the cluster answered 401 to this user, as far as the credentials themselves tell: an expired client certificate or token says
 * when, a program that gave them or a missing credential is named.
 */
export function unauthorizedError(
  user: Entry<UserFields>,
  { authorization, clientCertificate }: Refused,
  cause: unknown,
  now: Date = new Date(),
): GuildNetError {
  const who = `The credentials of the kubeconfig's user "${user.name}"`;
  const fail = (message: string, remedy: string): GuildNetError =>
    new GuildNetError('cluster_unauthorized', message, { remedy, cause });
  if (authorization === undefined && clientCertificate === undefined) {
    return fail(
      `The kubeconfig has no credentials for the user "${user.name}", and the cluster asks for some.`,
      'Log in to the cluster, or get a kubeconfig from its administrator.',
    );
  }
  const expired = expiry(authorization, clientCertificate);
  if (expired !== undefined && expired.at.getTime() <= now.getTime()) {
    return fail(
      `${who} have expired: the ${expired.what} was valid until ${expired.at.toISOString()}.`,
      'Log in to the cluster again, or get a fresh kubeconfig, then retry.',
    );
  }
  if (user.fields.exec) {
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

function expiry(
  authorization: string | undefined,
  certificate: Buffer | undefined,
): { what: string; at: Date } | undefined {
  if (certificate !== undefined) {
    // It is in use, so it can be read.
    return { what: 'client certificate', at: new X509Certificate(certificate).validToDate };
  }
  const at = tokenEnd(authorization ?? '');
  return at === undefined ? undefined : { what: 'token', at };
}
