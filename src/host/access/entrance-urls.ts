/** Where people come in. On the control origin these paths are ours; a workspace’s origin has no path of ours, only marks in the query. */
export const signInPath = '/sign-in';
export const enterPath = '/enter';
const ticketName = 'guildnet-ticket';

/** The address that signs a browser in. */
export function signInUrl(controlOrigin: string, code: string): string {
  return `${controlOrigin}${signInPath}?code=${code}`;
}

/** The code of a sign-in address, from its path and query. */
export function signInCode(url: string): string {
  return new URLSearchParams(url.split('?')[1] ?? '').get('code') ?? '';
}

/** Where a workspace's page without a session goes to get one: the control origin, which knows the person. */
export function enterUrl(controlOrigin: string, workspacePage: string): string {
  return `${controlOrigin}${enterPath}?to=${encodeURIComponent(workspacePage)}`;
}

/** The page that somebody wants to enter, from the path and query of an `enterUrl`; undefined when it is no https address. */
export function wantedPage(url: string): URL | undefined {
  const to = URL.parse(new URLSearchParams(url.split('?')[1] ?? '').get('to') ?? '');
  return to?.protocol === 'https:' && to.username === '' && to.password === '' ? to : undefined;
}

/** A workspace's address with a ticket. It is put last, so that it can be taken off again byte for byte. */
export function withTicket(address: string, code: string): string {
  const [page = '', fragment] = address.split('#');
  const hash = fragment === undefined ? '' : `#${fragment}`;
  return `${page}${page.includes('?') ? '&' : '?'}${ticketName}=${code}${hash}`;
}

/** The ticket in a request target, and the target as it was without. */
export function splitTicket(target: string): { code: string; rest: string } | undefined {
  const found = /^(?<rest>.*)[?&]guildnet-ticket=(?<code>[\w-]{43})$/s.exec(target)?.groups;
  return found === undefined ? undefined : { code: found['code'] ?? '', rest: found['rest'] ?? '' };
}
