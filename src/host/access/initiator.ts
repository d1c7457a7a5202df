import { askedHost } from './host-names.ts';
import type { AskedHost } from './asked-host.ts';
import type { HostNames } from './host-names.ts';

/**
 * Whose page sent a request to a workspace's origin.
 * own: one of the same workspace, on whatever of its ports; control: the GuildNet page; foreign: any other;
 * unknown: a program, a page that does not say, or one without an origin (in a sandboxed frame).
 */
export type Initiator = 'own' | 'control' | 'foreign' | 'unknown';

/** `source` is an Origin, or a Referer, which browsers let no page make up either. */
export function initiatorOf(source: string | undefined, asked: AskedHost, names: HostNames): Initiator {
  if (source === undefined || source === 'null') return 'unknown';
  const url = URL.canParse(source) ? new URL(source) : undefined;
  if (url?.protocol !== 'https:') return 'foreign';
  const from = askedHost(url.host, names);
  if (from.kind === 'control') return 'control';
  return from.kind === 'workspace' && asked.kind === 'workspace' && from.id === asked.id ? 'own' : 'foreign';
}
