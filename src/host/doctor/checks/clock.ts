import type { Finding } from '#contract/doctor.ts';
import { failed, ok, skipped, warning } from '../check.ts';
import type { Check } from '../check.ts';
import { withoutCluster } from './cluster.ts';

/** The server says whole seconds. */
const resolutionMs = 1_000;
const noticeableMs = 30_000;
/** Certificates and tokens are good from and to a minute; a few minutes are forgiven by most who check them. */
const harmfulMs = 300_000;

/** By how much the clock here is ahead of the server's, in ms, when its answer said `date` between `sent` and `received`. Pure. */
export function skewOf(date: number, sent: number, received: number): number {
  const earliest = sent - date - resolutionMs;
  const latest = received - date;
  // Anything in between may be true; the smallest is believed.
  return earliest > 0 ? earliest : Math.min(latest, 0);
}

/** Pure. */
export function judgeSkew(skewMs: number): Finding {
  const seconds = String(Math.round(Math.abs(skewMs) / 1_000));
  if (Math.abs(skewMs) < noticeableMs) return ok('The clocks of this computer and of the cluster agree.');
  const message = `The clock of this computer is ${seconds} s ${skewMs > 0 ? 'ahead of' : 'behind'} the cluster's.`;
  const remedy = 'Set it, here or there, and have it kept by NTP (timedatectl set-ntp true).';
  return Math.abs(skewMs) < harmfulMs
    ? warning(message, remedy)
    : failed(`${message} Tokens and certificates may be taken for expired, or not yet good.`, remedy);
}

export const clock: Check = {
  id: 'clock',
  title: 'Clock',
  inapplicable: withoutCluster,
  check: async (patient, signal) => {
    const { rest } = await patient.kube();
    let date: Date | undefined;
    const sent = Date.now();
    await rest.json('GET', '/version', { signal, onDate: (said) => void (date = said) });
    if (date === undefined) return [skipped('The API server does not say what time it is.')];
    return [judgeSkew(skewOf(date.getTime(), sent, Date.now()))];
  },
};
