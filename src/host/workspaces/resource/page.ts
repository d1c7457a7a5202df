import { Buffer } from 'node:buffer';
import { GuildNetError } from '#contract/errors.ts';

/** Where an item stands in the list. Both never change as long as it exists, so a place stays one whatever else comes and goes. */
export interface Place {
  created: string;
  id: string;
}

const version = 1;
const mostCharacters = 1_024;

/** A place as the opaque text that leads to the page after it. */
export function cursorOf({ created, id }: Place): string {
  return Buffer.from(JSON.stringify([version, created, id])).toString('base64url');
}

/** The place that a cursor names. Throws `bad_request` for what is none of ours. */
export function placeOf(cursor: string): Place {
  const [at, created, id, ...more] = cursor.length > mostCharacters ? [] : listIn(cursor);
  if (at === version && typeof created === 'string' && typeof id === 'string' && more.length === 0)
    return { created, id };
  throw new GuildNetError('bad_request', 'The cursor is none that this host has given.', {
    remedy: 'Give what a page says as "next", or leave it out to begin at the first page.',
    details: { field: 'cursor' },
  });
}

function listIn(cursor: string): unknown[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(parsed) ? parsed : [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

/** The next items of a list that is newest first, from behind `cursor` on, and the cursor of what follows, if anything does. */
export function pageOf<T>(
  items: readonly T[],
  { place, limit, cursor }: { place: (item: T) => Place; limit: number; cursor?: string | undefined },
): { items: T[]; next?: string } {
  const from = cursor === undefined ? undefined : placeOf(cursor);
  const rest = from === undefined ? items : items.filter((item) => isBehind(place(item), from));
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return { items: page, ...(last === undefined || rest.length <= limit ? {} : { next: cursorOf(place(last)) }) };
}

function isBehind(one: Place, other: Place): boolean {
  return one.created === other.created ? one.id > other.id : one.created < other.created;
}
