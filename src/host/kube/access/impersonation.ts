import type { UserFields } from '../kubeconfig/schema.ts';

/** Legal in a header's name (RFC 9110, section 5.6.2), but for the percent sign, which escapes. */
const legal = /^[A-Za-z0-9!#$&'*+\-.^_`|~]$/;

/**
 * The headers by which one acts as somebody else (Kubernetes, "User impersonation"; client-go, ImpersonatingRoundTripper). Beyond
 * ASCII they are UTF-8, which Node's client wants as one character for each byte.
 */
export function impersonationHeaders(user: UserFields): Record<string, string | string[]> {
  if (!user.as) return {};
  const headers: Record<string, string | string[]> = { 'Impersonate-User': bytes(user.as) };
  if (user['as-uid']) headers['Impersonate-Uid'] = bytes(user['as-uid']);
  const groups = user['as-groups'] ?? [];
  if (groups.length > 0) headers['Impersonate-Group'] = groups.map(bytes);
  for (const [key, values] of Object.entries(user['as-user-extra'] ?? {}))
    if (values.length > 0) headers[`Impersonate-Extra-${escaped(key)}`] = values.map(bytes);
  return headers;
}

const bytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

function escaped(key: string): string {
  return Array.from(Buffer.from(key, 'utf8'), (byte) => {
    const character = String.fromCharCode(byte);
    return legal.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
}
