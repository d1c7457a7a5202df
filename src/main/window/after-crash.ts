/** A page that lives this long has not crashed over and over, in milliseconds. */
export const calmMs = 30_000;

/**
 * What becomes of a window whose page has crashed. reload: it is loaded again; ask: so soon after the last time that it might go on for ever, the
 * person is asked; leave: the page that asks has crashed itself.
 */
export function afterCrash(sinceLastMs: number, isAsking: boolean): 'reload' | 'ask' | 'leave' {
  if (sinceLastMs > calmMs) return 'reload';
  return isAsking ? 'leave' : 'ask';
}
