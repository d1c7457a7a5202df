import type { Credential, CredentialSource } from '../access/credential.ts';
import { backoffDelay } from '../backoff.ts';
import type { GivenCredential } from './exec-credential.ts';

export interface PluginOptions {
  /** Runs the program once. Rejects with a GuildNetError. */
  run: () => Promise<GivenCredential>;
  /** What the program has said while it runs. */
  said?: () => string | undefined;
  /** A clock that never goes back, in milliseconds. */
  now?: () => number;
  /** The time of day, to which expiry is compared. */
  date?: () => Date;
  random?: () => number;
}

/** One plugin of one user of one cluster, for everybody who needs its credentials. */
export interface CredentialPlugin extends CredentialSource {
  /** A person wants it tried again: the wait after failures is over. */
  tryAgain(): void;
}

/** A plugin that fails asks a person or a far server each time: soon at first, for a slip, and every five minutes in the end. */
const waits = { baseMs: 2_000, maxMs: 300_000 };

/**
 * Gives the same credentials until they expire or are refused, and runs the program for new ones: once for all who wait, and not
 * again before its wait is over when that failed or what it gave was never taken. Meanwhile the last failure is the answer.
 */
export function credentialPlugin({
  run,
  said,
  now = () => performance.now(),
  date = () => new Date(),
  random = Math.random,
}: PluginOptions): CredentialPlugin {
  let known: (GivenCredential & { state: 'new' | 'accepted' | 'refused' }) | undefined;
  let running: Promise<Credential> | undefined;
  let failure: unknown;
  let failures = 0;
  let notBefore = Number.NEGATIVE_INFINITY;

  function failed(): void {
    failures += 1;
    notBefore = now() + backoffDelay(failures, waits, random);
  }

  async function renew(): Promise<Credential> {
    try {
      known = { ...(await run()), state: 'new' };
      return known.credential;
    } catch (error) {
      failure = error;
      known = undefined;
      failed();
      throw error;
    } finally {
      running = undefined;
    }
  }

  return {
    async current() {
      if (running !== undefined) return running;
      const expired = known?.expiresAt !== undefined && known.expiresAt <= date();
      if (known !== undefined && !expired && known.state !== 'refused') return known.credential;
      if (now() < notBefore) {
        // What the server refused is refused again at no cost, and says more than that one has to wait.
        if (known !== undefined) return known.credential;
        throw failure;
      }
      running = renew();
      return running;
    },
    accepted(credential) {
      if (known?.credential !== credential) return;
      known.state = 'accepted';
      failures = 0;
    },
    async refused(credential) {
      // Somebody else has had it renewed meanwhile.
      if (known?.credential !== credential) return known !== undefined || running !== undefined;
      if (known.state === 'refused') return false;
      const worked = known.state === 'accepted';
      known.state = 'refused';
      if (!worked) failed();
      return worked;
    },
    said: () => said?.(),
    tryAgain() {
      notBefore = Number.NEGATIVE_INFINITY;
    },
  };
}
