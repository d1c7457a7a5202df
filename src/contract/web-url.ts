/** An address of the web, where a person may be sent; undefined for all else, such as a script, whoever said it. */
export function webUrl(text: string | undefined): URL | undefined {
  const url = text !== undefined && URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url : undefined;
}
