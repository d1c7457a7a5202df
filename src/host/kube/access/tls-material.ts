import { createHash, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { checkServerIdentity, createSecureContext, getCACertificates } from 'node:tls';
import type { ConnectionOptions, SecureContext } from 'node:tls';
import type { Choice } from '../kubeconfig/choose.ts';
import { badKubeconfig, unreadable } from '../kubeconfig/problem.ts';
import type { Credential } from './credential.ts';
import { rotatingFile } from './rotating-file.ts';

/** What a TLS connection to the API server is made with. Connections may be shared by those whose `identity` is the same. */
export interface TlsMaterial {
  options: Pick<ConnectionOptions, 'secureContext' | 'servername' | 'rejectUnauthorized' | 'checkServerIdentity'>;
  identity: string;
  /** The client certificate in PEM, to see until when it is valid. */
  clientCertificate: Buffer | undefined;
}

export interface TlsMaterials {
  /** For the next connection; files are looked at again as they are replaced. Rejects with `bad_config`. */
  current(credential: Credential): Promise<TlsMaterial>;
  /** The kubeconfig's authority in PEM; undefined where it names none. Rejects with `bad_config`. */
  authority(): Promise<Buffer | undefined>;
}

export function tlsMaterialsOf({ cluster, user }: Choice): TlsMaterials {
  const ca = readerOf(cluster.fields['certificate-authority-data'], cluster.fields['certificate-authority']);
  const cert = readerOf(user.fields['client-certificate-data'], user.fields['client-certificate']);
  const key = readerOf(user.fields['client-key-data'], user.fields['client-key']);
  const insecure = cluster.fields['insecure-skip-tls-verify'] === true;
  const named = namedServer(cluster.fields['tls-server-name'] ?? '');
  let last: { identity: string; context: SecureContext } | undefined;

  async function read(
    reader: typeof ca,
    field: string,
    entry: typeof cluster | typeof user,
  ): Promise<Buffer | undefined> {
    try {
      return await reader?.();
    } catch (cause) {
      throw badKubeconfig(entry.file, `${field} of "${entry.name}" names a file that ${unreadable(cause)}`, {
        cause,
        line: entry.line,
        remedy: 'Correct the kubeconfig or restore the file.',
      });
    }
  }

  const authority = (): Promise<Buffer | undefined> => read(ca, 'certificate-authority', cluster);

  async function current({ certificate }: Credential): Promise<TlsMaterial> {
    const issuer = await authority();
    const clientCertificate =
      (await read(cert, 'client-certificate', user)) ??
      (certificate === undefined ? undefined : Buffer.from(certificate.cert));
    const clientKey =
      cert === undefined ? certificate && Buffer.from(certificate.key) : await read(key, 'client-key', user);
    const identity = fingerprint([issuer, clientCertificate, clientKey]);
    if (last?.identity !== identity) {
      if (issuer !== undefined) checkAuthority(issuer, cluster);
      last = { identity, context: contextOf(issuer, clientCertificate, clientKey, user) };
    }
    const options = { secureContext: last.context, rejectUnauthorized: !insecure, ...named };
    return { options, identity, clientCertificate };
  }

  return { current, authority };
}

/** `data` is base64 of what the file would hold, and goes before it. */
function readerOf(
  data: string | null | undefined,
  file: string | null | undefined,
): (() => Promise<Buffer>) | undefined {
  if (data) {
    const content = Buffer.from(data, 'base64');
    return () => Promise.resolve(content);
  }
  return file ? rotatingFile(file).read : undefined;
}

/** An address has no place in SNI (RFC 6066, section 3), and is compared all the same. */
function namedServer(name: string): Pick<ConnectionOptions, 'servername' | 'checkServerIdentity'> {
  if (name === '') return {};
  if (isIP(name) === 0) return { servername: name };
  return { servername: '', checkServerIdentity: (_host, certificate) => checkServerIdentity(name, certificate) };
}

function contextOf(
  ca: Buffer | undefined,
  cert: Buffer | undefined,
  key: Buffer | undefined,
  user: Choice['user'],
): SecureContext {
  try {
    return createSecureContext({
      // Like kubectl, we trust whom this machine trusts where the kubeconfig does not say.
      ca: ca ?? [...getCACertificates('default'), ...getCACertificates('system')],
      ...(cert === undefined || key === undefined ? {} : { cert, key }),
    });
  } catch (cause) {
    const words = `the client certificate or key of the user "${user.name}" cannot be read: it is not PEM, or the key does not fit the certificate`;
    throw badKubeconfig(user.file, words, {
      cause,
      line: user.line,
      remedy: 'Get a fresh kubeconfig from the cluster.',
    });
  }
}

function checkAuthority(ca: Buffer, cluster: Choice['cluster']): void {
  try {
    // The first of a bundle; OpenSSL would pass over what is no certificate.
    void new X509Certificate(ca);
  } catch (cause) {
    throw badKubeconfig(
      cluster.file,
      `certificate-authority of the cluster "${cluster.name}" is no certificate in PEM`,
      {
        cause,
        line: cluster.line,
        remedy: 'Get a fresh kubeconfig from the cluster.',
      },
    );
  }
}

function fingerprint(parts: readonly (Buffer | undefined)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${String(part?.length ?? -1)}:`).update(part ?? '');
  return hash.digest('base64');
}
