import type { ClusterFields, ExecFields, UserFields } from './schema.ts';

/** What is wrong with an entry: the field, and the rest of a sentence that begins with it. Never the value of a secret. */
export interface EntryProblem {
  field: string;
  problem: string;
}

export const execApiVersions = ['client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1'] as const;
const interactiveModes = ['Never', 'IfAvailable', 'Always'] as const;
export type InteractiveMode = (typeof interactiveModes)[number];

/** What goes into a header as it is. */
const headerFields = ['token', 'as', 'as-uid'] as const;

/** Whether a header can carry it (RFC 9110, section 5.5); beyond ASCII it goes as UTF-8. */
export function isHeaderText(text: string): boolean {
  return !/\p{Cc}/u.test(text.replaceAll('\t', ''));
}

const isSet = (value: string | null | undefined): boolean => Boolean(value);

/** What client-go refuses in a cluster (tools/clientcmd/validation.go, transport.TLSConfigFor). Pure; files are looked at elsewhere. */
export function clusterProblem(cluster: ClusterFields): EntryProblem | undefined {
  if (!isSet(cluster.server)) return { field: 'server', problem: 'is missing' };
  if (serverUrl(cluster.server ?? '') === undefined)
    return { field: 'server', problem: 'is not a URL that begins with https:// or http://' };
  const proxy = cluster['proxy-url'] ?? '';
  if (proxy !== '' && !isProxyUrl(proxy))
    return { field: 'proxy-url', problem: 'is not a URL that begins with http://, https:// or socks5://' };
  const file = isSet(cluster['certificate-authority']);
  const data = isSet(cluster['certificate-authority-data']);
  if (file && data)
    return { field: 'certificate-authority-data', problem: 'and certificate-authority are both there; one has to go' };
  if (cluster['insecure-skip-tls-verify'] === true && (file || data)) {
    return {
      field: 'insecure-skip-tls-verify',
      problem: 'and a certificate authority are both there; what would be checked against it is not checked',
    };
  }
  return undefined;
}

/** What client-go refuses in a user (validateAuthInfo, HTTPWrappersForConfig). Pure; files are looked at elsewhere. */
export function userProblem(user: UserFields): EntryProblem | undefined {
  const basic = isSet(user.username) || isSet(user.password);
  if (basic && (isSet(user.token) || isSet(user.tokenFile)))
    return { field: 'token', problem: 'and username are both there; only one way to log in is allowed' };
  const garbled = headerFields.find((field) => !isHeaderText(user[field] ?? ''));
  if (garbled !== undefined)
    return { field: garbled, problem: 'has a line break or another character that no request can carry' };
  const impersonates = [user['as-uid'], ...(user['as-groups'] ?? []), ...Object.keys(user['as-user-extra'] ?? {})];
  if (impersonates.some((one) => isSet(one)) && !isSet(user.as))
    return { field: 'as', problem: 'is missing, and as-uid, as-groups or as-user-extra are there' };
  return certificateProblem(user) ?? (user.exec ? execProblem(user.exec, Boolean(user['auth-provider'])) : undefined);
}

function certificateProblem(user: UserFields): EntryProblem | undefined {
  const { 'client-certificate': certFile, 'client-certificate-data': certData } = user;
  const { 'client-key': keyFile, 'client-key-data': keyData } = user;
  if (!isSet(certFile) && !isSet(certData)) return undefined;
  if (isSet(certFile) && isSet(certData))
    return { field: 'client-certificate-data', problem: 'and client-certificate are both there; one has to go' };
  if (isSet(keyFile) && isSet(keyData))
    return { field: 'client-key-data', problem: 'and client-key are both there; one has to go' };
  if (!isSet(keyFile) && !isSet(keyData))
    return { field: 'client-key', problem: 'or client-key-data is missing, and a client certificate is there' };
  return undefined;
}

function execProblem(exec: ExecFields, hasProvider: boolean): EntryProblem | undefined {
  const field = (name: string): string => `exec.${name}`;
  if (hasProvider) return { field: 'exec', problem: 'and auth-provider are both there; one has to go' };
  if (!isSet(exec.command)) return { field: field('command'), problem: 'is missing' };
  if (!isSet(exec.apiVersion)) return { field: field('apiVersion'), problem: 'is missing' };
  if (!execApiVersions.some((version) => version === exec.apiVersion))
    return { field: field('apiVersion'), problem: `is none that is known (${execApiVersions.join(', ')})` };
  if ((exec.env ?? []).some(({ name }) => !isSet(name)))
    return { field: field('env'), problem: 'has an entry without a name' };
  return interactiveModeOf(exec) === undefined
    ? { field: field('interactiveMode'), problem: `is none of ${interactiveModes.join(', ')}` }
    : undefined;
}

/** Whether a plugin wants a person's terminal; undefined: it does not say so, and has to. v1beta1 need not (SetDefaults_ExecConfig). */
export function interactiveModeOf({ interactiveMode, apiVersion }: ExecFields): InteractiveMode | undefined {
  if (!isSet(interactiveMode)) return apiVersion === 'client.authentication.k8s.io/v1beta1' ? 'IfAvailable' : undefined;
  return interactiveModes.find((mode) => mode === interactiveMode);
}

/**
 * The server's address, or undefined when it is none. Without a scheme it is spoken to in plain HTTP, as kubectl does
 * (rest.DefaultServerURL); such an address has no path.
 */
export function serverUrl(server: string): URL | undefined {
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\/[^/]/i.test(server);
  if (!hasScheme && /\/./.test(server)) return undefined;
  const url = URL.parse(hasScheme ? server : `http://${server}`);
  if (url === null || !/^https?:$/.test(url.protocol)) return undefined;
  url.search = '';
  url.hash = '';
  return url;
}

function isProxyUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^(?:https?|socks5):$/.test(url.protocol) && url.hostname !== '';
}
