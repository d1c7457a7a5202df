const suffix = /-[0-9a-f]{5}$/;

/** Two letters that stand for a name, the suffix of a workspace's name aside: `code-server-1a2b3` gives CS, `JupyterLab` JL, `alpine` AL. */
export function initialsOf(name: string): string {
  const words = name
    .replace(suffix, '')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
  const [first = '', second] = words;
  return (second === undefined ? first.slice(0, 2) : first.charAt(0) + second.charAt(0)).toUpperCase();
}

/** A hue from 0 to 359 that depends on the name alone, the same for every workspace of one base name. */
export function hueOf(name: string): number {
  let hash = 7;
  for (const character of name.replace(suffix, '')) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return (hash * 47) % 360;
}
