/** What Tailscale's and Headscale's policies, and this host itself, name that is nobody's login (https://tailscale.com/kb/1337/policy-syntax). */
const otherKinds = /^(?:autogroup|device|group|host|ipset|local|svc|tag):/i;

/**
 * The login that somebody wrote, `user:` before it or not; undefined for what can be none: a list, a group, a tag, everybody. A share with a
 * group would be one with a login that nobody has, and look as if it let the group in. Pure.
 */
export function loginIn(text: string): string | undefined {
  const login = text.trim().replace(/^user:/, '');
  const isOne =
    login !== '' && !/[\s\p{Cc}\p{Cf}*]/u.test(login) && !otherKinds.test(login) && !/^everyone$/i.test(login);
  return isOne ? login : undefined;
}
