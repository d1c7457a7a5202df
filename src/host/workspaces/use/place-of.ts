/** Digits, identifiers and tokens: what differs from one poll to the next. */
const changing = /[0-9a-f]{8}-[0-9a-f-]{27}|[\w%+=-]{16,}|\d+/gi;
/** Nobody's paths are worth more memory. */
const longest = 200;

export interface Place {
  /** The path, with what changes from poll to poll taken out. */
  path: string;
  /** The same with the query. */
  target: string;
}

/** Where a request goes, such that the same question asked again, with another time stamp, cursor or id, is the same place. */
export function placeOf(url: string): Place {
  const start = url.slice(0, longest);
  const query = start.indexOf('?');
  const target = start.replaceAll(changing, (found) => (/\d/.test(found) || found.length > 40 ? '#' : found));
  return { path: query === -1 ? target : (target.split('?')[0] ?? ''), target };
}
