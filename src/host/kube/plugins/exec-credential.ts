import { parse } from 'yaml';
import { z } from 'zod';
import { longest, openObject, textOf } from '#contract/bounded.ts';
import type { Credential } from '../access/credential.ts';
import { isHeaderText } from '../kubeconfig/check-entries.ts';
import type { Choice } from '../kubeconfig/choose.ts';

/** Certificates with their chain, and the tokens of identity providers that put all groups into them. */
const mostCharacters = 1_048_576;

const secret = textOf(mostCharacters, 'a text is wanted').nullish();
export const execCredentialSchema = openObject(
  {
    kind: z.literal('ExecCredential', { error: 'ExecCredential is wanted' }),
    apiVersion: textOf(longest.key, 'a text is wanted'),
    status: openObject({
      expirationTimestamp: textOf(longest.token, 'a time is wanted').nullish(),
      token: secret,
      clientCertificateData: secret,
      clientKeyData: secret,
    }).nullish(),
  },
  'an ExecCredential is wanted',
);

/** What a plugin gave. */
export interface GivenCredential {
  credential: Credential;
  /** Undefined: as long as the server takes it. */
  expiresAt: Date | undefined;
}

/** The value of KUBERNETES_EXEC_INFO (Kubernetes, client.authentication.k8s.io; client-go, ConfigToExecCluster). */
export function execInfo(
  { cluster, user }: Pick<Choice, 'cluster' | 'user'>,
  authority: Buffer | undefined,
  interactive: boolean,
): string {
  const { fields } = cluster;
  const config = (fields.extensions ?? []).find(({ name }) => name === 'client.authentication.k8s.io/exec');
  const info = {
    server: fields.server,
    ...(fields['tls-server-name'] ? { 'tls-server-name': fields['tls-server-name'] } : {}),
    ...(fields['insecure-skip-tls-verify'] === true ? { 'insecure-skip-tls-verify': true } : {}),
    ...(authority === undefined ? {} : { 'certificate-authority-data': authority.toString('base64') }),
    ...(fields['proxy-url'] ? { 'proxy-url': fields['proxy-url'] } : {}),
    ...(fields['disable-compression'] === true ? { 'disable-compression': true } : {}),
    config: config?.extension ?? null,
  };
  const wanted = user.fields.exec?.provideClusterInfo === true;
  return JSON.stringify({
    kind: 'ExecCredential',
    apiVersion: user.fields.exec?.apiVersion,
    spec: { ...(wanted ? { cluster: info } : {}), interactive },
  });
}

/** Reads what a plugin printed, JSON or YAML. Throws an Error whose message says what is wrong, and holds nothing of it. */
export function readExecCredential(printed: string, apiVersion: string): GivenCredential {
  const result = execCredentialSchema.safeParse(parsed(printed));
  if (!result.success) {
    const issue = result.error.issues[0];
    const where = issue === undefined || issue.path.length === 0 ? 'what it printed' : issue.path.map(String).join('.');
    throw new Error(`${where} is not what it should be (${issue?.message ?? 'unknown'})`);
  }
  const { status, apiVersion: given } = result.data;
  if (given !== apiVersion) throw new Error(`the kubeconfig wants its version ${apiVersion}, and it gave another one`);
  const { token, clientCertificateData: cert, clientKeyData: key } = status ?? {};
  if (!token && !cert && !key) throw new Error('it gave neither a token nor a certificate');
  if (!cert !== !key) throw new Error('it gave a certificate or a key, and not both');
  if (!isHeaderText(token ?? ''))
    throw new Error('its token has a line break or another character that no request can carry');
  return {
    credential: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(cert && key ? { certificate: { cert, key } } : {}),
    },
    expiresAt: expiry(status?.expirationTimestamp ?? ''),
  };
}

function parsed(printed: string): unknown {
  try {
    return JSON.parse(printed);
  } catch {
    // Perhaps YAML, which kubectl takes, too.
  }
  try {
    return parse(printed, { logLevel: 'error' });
  } catch {
    // Whose error quotes the line, and the token in it.
    throw new Error('what it printed is neither JSON nor YAML');
  }
}

function expiry(text: string): Date | undefined {
  if (text === '') return undefined;
  // RFC 3339, as metav1.Time has it.
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(text) ? new Date(text) : new Date(Number.NaN);
  if (Number.isNaN(at.getTime())) throw new Error('its expirationTimestamp is not a time');
  return at;
}
