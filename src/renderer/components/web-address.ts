import { webUrl } from '#contract/web-url.ts';

/** The address for a link that leads out, as it was said; undefined for what is none of the web. */
export function webAddress(text: string): string | undefined {
  return webUrl(text) === undefined ? undefined : text;
}
