/** Something of other people's that is in a package. */
export interface Component {
  name: string;
  version: string;
  /** https://github.com/package-url/purl-spec */
  purl: string;
  kind: 'application' | 'framework' | 'library' | 'platform';
  /** An SPDX expression, such as `MIT` or `(MIT OR Apache-2.0)`. */
  licence: string;
  /** The texts that come with it: of licences, and notices that have to be passed on. */
  texts: readonly string[];
  /** In hexadecimal, of what it was taken from. */
  hash?: { algorithm: 'SHA-256' | 'SHA-512'; content: string } | undefined;
  /** By which the lists of known vulnerabilities call it, where that is not its Package URL. */
  cpe?: string | undefined;
  /** The Package URLs of the components that it needs itself. */
  needs: readonly string[];
}

/** By Package URL and without repetition: the order does not depend on where they were found. */
export function ordered(components: readonly Component[]): Component[] {
  const byPurl = new Map(components.map((component) => [component.purl, component]));
  return [...byPurl.values()].toSorted((a, b) => (a.purl < b.purl ? -1 : a.purl > b.purl ? 1 : 0));
}

/** The bytes of a hash in Base64, as lock files have it, in hexadecimal. */
export function inHex(base64: string): string {
  return Buffer.from(base64, 'base64').toString('hex');
}
