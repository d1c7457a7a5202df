/** How containerd writes an image's name: with its registry and a tag (github.com/distribution/reference, "familiar" names). Pure. */
export function wholeName(given: string): string {
  const [first = '', ...rest] = given.split('/');
  const hasRegistry = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  const path = hasRegistry ? given : rest.length > 0 ? `docker.io/${given}` : `docker.io/library/${given}`;
  const last = path.slice(path.lastIndexOf('/'));
  return last.includes(':') || last.includes('@') ? path : `${path}:latest`;
}
