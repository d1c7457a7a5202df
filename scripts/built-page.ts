const address = /\s(?:src|href)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/gi;

/**
 * What a built page loads from anywhere but the root of its own origin, in the order of the page: `./assets/index.js`,
 * `assets/index.js` and other hosts' files. The UI's pages have deep paths, so relative addresses would name files that
 * are not there, and its Content-Security-Policy lets in nothing of other origins.
 */
export function addressesNotAtRoot(html: string): string[] {
  return Array.from(html.matchAll(address), ([, double, single, bare]) => double ?? single ?? bare ?? '').filter(
    (url) => !/^\/(?!\/)/.test(url),
  );
}
