import type { TailnetReport, TailnetState } from '#contract/tailnet.ts';
import type { Tone } from '../cluster/cluster-words.ts';
import { elapsedWords } from '../time/elapsed.ts';
import { t } from '../words/language.ts';
import { dateWords } from '../words/numbers.ts';

const day = 86_400_000;
/** Long enough before that somebody who looks once a week sees it. */
const soonMs = 14 * day;

const tones: Readonly<Record<TailnetState['phase'], Tone>> = {
  off: 'quiet',
  starting: 'wait',
  'needs-login': 'wait',
  running: 'good',
  'logged-out': 'quiet',
  failed: 'bad',
};

/** The colour of a phase; what runs with a problem waits for somebody. */
export function toneOf({ phase, problem }: Pick<TailnetState, 'phase' | 'problem'>): Tone {
  return phase === 'running' && problem !== undefined ? 'wait' : tones[phase];
}

/** When the key ends, at `now` (ms); undefined where it does not. `isSoon`: somebody has to do something. */
export function expiryOf(
  { key_expires_at: at }: Pick<TailnetState, 'key_expires_at'>,
  now: number,
): { text: string; isSoon: boolean } | undefined {
  if (at === undefined) return undefined;
  const left = Date.parse(at) - now;
  if (left <= 0) return { text: t().tailnet.expired(dateWords(at)), isSoon: true };
  return { text: t().tailnet.expiresIn(dateWords(at), elapsedWords(left)), isSoon: left < soonMs };
}

/** Whose the certificate is that other devices see, and until when; undefined where they see none. */
export function certificateOf({ certificate }: Pick<TailnetState, 'certificate'>): string | undefined {
  if (certificate === undefined) return undefined;
  const { kind, issuer, expires_at: until } = certificate;
  return t().tailnet.certificateUntil(t().tailnet.certificateOf[kind], issuer, dateWords(until));
}

/** What to do about the problem of a state. The host names its command for a login that this page offers. */
export function remedyOf(state: Pick<TailnetState, 'mode' | 'phase' | 'problem'>): string | undefined {
  const { phase, problem } = state;
  const isOffered = phase === 'needs-login' && problem?.code === 'unauthorized' && isOurs(state);
  return isOffered ? t().tailnet.loginRemedy : problem?.remedy;
}

/** Whether the node is the host's own, to be logged in and out by it: with the one of the machine people do as they do without GuildNet. */
export function isOurs({ mode }: Pick<TailnetState, 'mode'>): boolean {
  return mode !== 'system';
}

/** What of this state offers a login at once, and not only where somebody looks for it. */
export function wantsLogin({ phase }: Pick<TailnetState, 'phase'>): boolean {
  return phase === 'needs-login' || phase === 'logged-out' || phase === 'off';
}

/** What a measurement means to a person, the most important first; `isBad`: it makes everything slower. */
export function reportWords({
  udp,
  ipv4,
  ipv6,
  hard_nat: hardNat,
}: Pick<TailnetReport, 'udp' | 'ipv4' | 'ipv6' | 'hard_nat'>): { text: string; isBad: boolean }[] {
  const versions = [ipv4 ? 'IPv4' : undefined, ipv6 ? 'IPv6' : undefined].filter((it) => it !== undefined);
  return [
    { text: udp ? t().tailnet.udp.yes : t().tailnet.udp.no, isBad: !udp },
    ...(hardNat === true ? [{ text: t().tailnet.hardNat, isBad: true }] : []),
    {
      text: versions.length === 0 ? t().tailnet.noIp : t().tailnet.ip(versions.join(', ')),
      isBad: versions.length === 0,
    },
  ];
}

/** Where a device that comes for the first time is told how to trust a host whose peers find it at `url`. */
export function firstVisitOf(url: string): string | undefined {
  const parsed = URL.parse(url);
  return parsed === null ? undefined : `http://${parsed.hostname}/`;
}
