import { createPrivateKey } from 'node:crypto';
import { longest } from '#contract/bounded.ts';
import type { Problem } from '#contract/cluster.ts';
import { GuildNetError } from '#contract/errors.ts';
import type { TailnetState } from '#contract/tailnet.ts';
import { covers, leafOf } from '../certs/leaf.ts';
import type { Leaf } from '../certs/leaf.ts';
import { backoffDelay } from '../kube/backoff.ts';
import type { Log } from '../observability/log.ts';
import type { IssuedPair, Tailnet } from '../tailnet/tailnet.ts';

const hour = 3_600_000;
/** Let's Encrypt takes five failures of a name an hour (letsencrypt.org/docs/rate-limits); these are the delays between ours, in ms. */
const backoff = { baseMs: 120_000, maxMs: hour };

/** The certificate that the tailnet has had issued for this host's name. */
export interface IssuedCertificate {
  /** What is to be served under this name now; undefined where there is none that is good for it. */
  leafFor(name: string): Leaf | undefined;
  /** Why there is none, or why it will not be renewed. */
  problem(): Problem | undefined;
  /** The host has this name now, or none; what is to be known of the tailnet is read anew. */
  see(name: string | undefined): void;
  /** The tailnet is not there now: what was issued serves on, and is asked for anew when it is seen again. */
  lost(): void;
  close(): void;
}

/** When it is asked for again: the node renews what it gives, at a time that the certificate's authority suggests. In ms; pure. */
export function askAgainIn({ leftMs, failures }: { leftMs: number | undefined; failures: number }): number {
  const delay = failures > 0 ? backoffDelay(failures, backoff) : hour;
  // One that lives for a few days, or seconds in a test, has less than an hour to spare.
  return leftMs === undefined || leftMs <= 0 ? delay : Math.min(delay, Math.max(1_000, leftMs / 8));
}

export function createIssuedCertificate({
  tailnet,
  log,
}: {
  tailnet: Pick<Tailnet, 'certificate' | 'certificateNames'> & { readonly state: TailnetState };
  log: Log;
}): IssuedCertificate {
  let name: string | undefined;
  let leaf: Leaf | undefined;
  let failure: Problem | undefined;
  let failures = 0;
  let isAsking = false;
  /** Something has changed since it was asked. */
  let isStale = false;
  let wasOffered = false;
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;

  const isOffered = (): boolean => name !== undefined && tailnet.certificateNames.includes(name);
  const good = (): Leaf | undefined => (leaf !== undefined && endOf(leaf) > Date.now() ? leaf : undefined);

  async function ask(): Promise<void> {
    clearTimeout(timer);
    isStale = isAsking;
    const asked = name;
    if (isAsking || isClosed || asked === undefined || !isOffered()) return;
    isAsking = true;
    try {
      const found = checked(await tailnet.certificate(asked), asked, Date.now());
      failures = 0;
      failure = undefined;
      if (name === asked && found.fingerprint !== leaf?.fingerprint) {
        leaf = found;
        log.info({ name: asked, until: found.certificate.validTo }, 'The tailnet has had a certificate issued');
      }
    } catch (error) {
      failures += 1;
      failure = notIssued(asked, error);
      log.warn({ problem: failure.message, failures }, 'The tailnet gives no certificate');
    } finally {
      isAsking = false;
    }
    if (isStale && !isClosed) {
      failures = 0;
      void ask();
    } else again();
  }

  function again(): void {
    clearTimeout(timer);
    if (isClosed || !isOffered()) return;
    const current = good();
    const leftMs = current === undefined ? undefined : endOf(current) - Date.now();
    timer = setTimeout(() => void ask(), askAgainIn({ leftMs, failures })).unref();
  }

  return {
    leafFor: (asked) => {
      const current = asked.toLowerCase() === name ? good() : undefined;
      return current !== undefined && covers(current.certificate, asked) ? current : undefined;
    },
    problem() {
      if (isOffered()) return failure ?? (good() === undefined ? underWay(name ?? '') : undefined);
      return notOffered(name);
    },
    see(next) {
      if (next !== name) {
        name = next;
        if (leaf !== undefined && (next === undefined || !covers(leaf.certificate, next))) leaf = undefined;
        wasOffered = false;
      }
      const offered = isOffered();
      // Whoever has put right what stood in the way does not wait for the delays of before.
      if (offered && !wasOffered) {
        failures = 0;
        failure = undefined;
        void ask();
      }
      wasOffered = offered;
    },
    lost() {
      wasOffered = false;
      clearTimeout(timer);
    },
    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}

function endOf({ certificate }: Leaf): number {
  return Date.parse(certificate.validTo);
}

/** Throws for what cannot serve under this name now: a control server could have anything issued. */
function checked(pair: IssuedPair, name: string, now: number): Leaf {
  const leaf = leafOf(pair);
  const { certificate } = leaf;
  if (!certificate.checkPrivateKey(createPrivateKey(pair.key))) throw new TypeError('its key does not belong to it');
  if (!covers(certificate, name)) throw new TypeError('it is for another name');
  if (Date.parse(certificate.validFrom) > now)
    throw new RangeError(`it is not valid before ${certificate.validFrom}, by the clock of this computer`);
  if (endOf(leaf) <= now) throw new RangeError(`it expired on ${certificate.validTo}, by the clock of this computer`);
  return leaf;
}

const ownInstead = 'Until then devices trust this host’s own authority once.';

function notOffered(name: string | undefined): Problem {
  if (name === undefined)
    return {
      code: 'unsupported',
      message: 'This host has no name in the tailnet, and addresses are given no certificate.',
      remedy: `Switch MagicDNS on in the administration of the tailnet. ${ownInstead}`,
    };
  return {
    code: 'unsupported',
    message: `The tailnet has no certificate issued for ${name}.`,
    remedy: `With Tailscale, switch HTTPS certificates on in the administration of the tailnet (DNS); Headscale has none issued. ${ownInstead}`,
  };
}

function underWay(name: string): Problem {
  return { code: 'not_ready', message: `A certificate for ${name} is being issued, which can take some minutes.` };
}

function notIssued(name: string, error: unknown): Problem {
  const why = (error as Error).message.replace(/\.$/, '').slice(0, longest.reason);
  return {
    code: error instanceof GuildNetError ? error.code : 'upstream_failed',
    message: `A certificate for ${name} could not be had: ${why}.`,
    remedy: `${error instanceof GuildNetError && error.remedy !== undefined ? `${error.remedy}. ` : ''}It is tried again by itself. ${ownInstead}`,
  };
}
