/** The address for a link that leads out, where it is one of the web; undefined for all else, such as a script, whoever said it. */
export function webAddress(text: string): string | undefined {
  const { protocol } = URL.canParse(text) ? new URL(text) : { protocol: '' };
  return protocol === 'https:' || protocol === 'http:' ? text : undefined;
}
