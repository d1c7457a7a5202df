import { portOf } from '../proxy/forms/target-text.ts';
import type { ProxyAsk } from '../proxy/forms/ask.ts';

/**
 * A download that a page begins in the UI's frame (`<a download>`). Chromium sends it with the cookies of a tab, where the
 * workspace may have no session, and makes a navigation of the frame of it as soon as it is redirected to another origin
 * (`RedirectMode::kManual` of its downloads). So it is sent to another origin of the same workspace, which has nothing to say
 * but the way back: it comes back as the frame's navigation, with the frame's session, and with a mark by which the answer
 * becomes a file and not the frame's page.
 */
type ServerAsk = Extract<ProxyAsk, { kind: 'server' }>;

const markName = 'guildnet-download';
const letters = { https: 's', http: 'p' } as const;

/** Where a download is on its way. away: at the other origin, from `ask`; back: where it began. `rest` is the target without the mark. */
export type DownloadStep = { step: 'away'; ask: ServerAsk; rest: string } | { step: 'back'; rest: string };

/** Another origin of the same workspace: the main one's is that of some port, of which nothing is asked. */
export function otherOrigin({ id, port }: ServerAsk): ServerAsk {
  return port === undefined ? { kind: 'server', id, port: 1 } : { kind: 'server', id };
}

/** Puts a mark last, so that it can be taken off again byte for byte. */
function marked(target: string, value: string): string {
  const [page = '', fragment] = target.split('#');
  const hash = fragment === undefined ? '' : `#${fragment}`;
  return `${page}${page.includes('?') ? '&' : '?'}${markName}=${value}${hash}`;
}

/** The target at the other origin for a download of `target` that began at `ask`. */
export function awayTarget(target: string, { port, scheme }: ServerAsk): string {
  return marked(target, port === undefined ? 'main' : `${String(port)}${scheme === undefined ? '' : letters[scheme]}`);
}

/** An address or target whose answer is to become a file. */
export function backTarget(target: string): string {
  return marked(target, 'file');
}

/** What the mark of a request target says at an origin of the workspace `id`; undefined where there is none. */
export function downloadStep(target: string, id: string): DownloadStep | undefined {
  const found = /^(?<rest>.*)[?&]guildnet-download=(?:(?<word>file|main)|(?<port>\d{1,5})(?<letter>[sp]?))$/s.exec(
    target,
  );
  const { rest = '', word, port = '', letter } = found?.groups ?? {};
  if (found === null) return undefined;
  if (word === 'file') return { step: 'back', rest };
  if (word === 'main') return { step: 'away', ask: { kind: 'server', id }, rest };
  const number = portOf(port);
  if (number === undefined) return undefined;
  const scheme = letter === letters.https ? ('https' as const) : ('http' as const);
  return { step: 'away', ask: { kind: 'server', id, port: number, ...(letter === '' ? {} : { scheme }) }, rest };
}
