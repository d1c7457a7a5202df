/**
 * The origin form of a request target that came in absolute form (`GET https://host/path`), which a server has to accept
 * (RFC 9112, 3.2.2): path and query as they came. Undefined when it is not in absolute form, or names another host than
 * `Host` does, which no client of ours has a reason for.
 */
export function originForm(target: string, host: string | undefined): string | undefined {
  const { authority, rest } = /^https?:\/\/(?<authority>[^/?#]+)(?<rest>[/?].*)?$/i.exec(target)?.groups ?? {};
  if (authority === undefined || authority.toLowerCase() !== host?.toLowerCase()) return undefined;
  if (rest === undefined) return '/';
  return rest.startsWith('/') ? rest : `/${rest}`;
}
