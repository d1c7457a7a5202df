/** Until when the JSON Web Token of a bearer `Authorization` is valid (RFC 7519, section 4.1.4, `exp`); tokens of other kinds do not tell. */
export function tokenEnd(authorization: string): Date | undefined {
  const [, payload = ''] = authorization.replace(/^Bearer /, '').split('.');
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    if (claims !== null && typeof claims === 'object' && 'exp' in claims && typeof claims.exp === 'number')
      return new Date(claims.exp * 1000);
  } catch {
    // An opaque token.
  }
  return undefined;
}
