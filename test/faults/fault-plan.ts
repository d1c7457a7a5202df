import { createRandom } from '../simulation/random.ts';

/** What becomes of one request to the API server. */
export type Fault =
  | { kind: 'none' }
  /** The connection ends before the request reaches the server. */
  | { kind: 'drop' }
  /** The server does as it was asked, and the connection ends before its answer comes through. */
  | { kind: 'lose answer' }
  | { kind: 'answer'; status: 409 | 410 | 429 | 500 }
  | { kind: 'delay'; milliseconds: number }
  /** A watch: it begins and ends in the middle, perhaps in the middle of a line. */
  | { kind: 'cut'; afterBytes: number }
  /** A watch: it begins, and nothing comes through after so many bytes, while the connection stays. */
  | { kind: 'silence'; afterBytes: number }
  /** A watch: the last change is told again, as it is. */
  | { kind: 'repeat' };

export interface FaultRates {
  drop: number;
  loseAnswer: number;
  answer: number;
  delay: number;
  /** Of watches. */
  cut: number;
  silence: number;
  repeat: number;
}

export const noFaults: FaultRates = { drop: 0, loseAnswer: 0, answer: 0, delay: 0, cut: 0, silence: 0, repeat: 0 };

/** A bad day: half of all requests and most watches do not go as they should. */
export const storm: FaultRates = {
  drop: 0.08,
  loseAnswer: 0.08,
  answer: 0.12,
  delay: 0.15,
  cut: 0.3,
  silence: 0.15,
  repeat: 0.2,
};

const longestDelayMs = 5_000;
const refusals = [409, 429, 500, 410] as const;

/**
 * Decides by a seed what becomes of each request, in the order in which they come. 409 is only for those who write, 410 only
 * for watches and lists: the server gives them to no others.
 */
export function planFaults(seed: number): (request: { method: string; watch: boolean }, rates: FaultRates) => Fault {
  const random = createRandom(seed);
  return ({ method, watch }, rates) => {
    if (random.chance(rates.drop)) return { kind: 'drop' };
    if (random.chance(rates.answer)) {
      const status = random.pick(refusals);
      const fits = status === 409 ? method !== 'GET' : status !== 410 || watch;
      return { kind: 'answer', status: fits ? status : 500 };
    }
    if (watch) {
      const afterBytes = random.between(0, 4_000);
      if (random.chance(rates.cut)) return { kind: 'cut', afterBytes };
      if (random.chance(rates.silence)) return { kind: 'silence', afterBytes };
      return random.chance(rates.repeat) ? { kind: 'repeat' } : { kind: 'none' };
    }
    if (random.chance(rates.loseAnswer)) return { kind: 'lose answer' };
    if (random.chance(rates.delay)) return { kind: 'delay', milliseconds: random.between(1, longestDelayMs) };
    return { kind: 'none' };
  };
}
