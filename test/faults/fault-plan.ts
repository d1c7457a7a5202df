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
  /** A watch: every change is told twice. */
  | { kind: 'repeat' }
  /**
   * A watch: its changes come so much later, in their order. Between one collection and another there is no order, so that of a pod
   * may be heard before that of the Deployment which made it, or long after.
   */
  | { kind: 'late'; milliseconds: number };

export interface FaultRates {
  drop: number;
  loseAnswer: number;
  answer: number;
  delay: number;
  /** Of watches, each of which suffers one of them at most. */
  cut: number;
  silence: number;
  repeat: number;
  late: number;
}

export const noFaults: FaultRates = {
  drop: 0,
  loseAnswer: 0,
  answer: 0,
  delay: 0,
  cut: 0,
  silence: 0,
  repeat: 0,
  late: 0,
};

/** A bad day: half of all requests and most watches do not go as they should. */
export const storm: FaultRates = {
  drop: 0.08,
  loseAnswer: 0.08,
  answer: 0.12,
  delay: 0.15,
  cut: 0.3,
  silence: 0.15,
  repeat: 0.2,
  late: 0.3,
};

const longestDelayMs = 5_000;
const longestLateMs = 3_000;
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
      const drawn = random.next();
      const { cut, silence, repeat, late } = rates;
      if (drawn < cut) return { kind: 'cut', afterBytes };
      if (drawn < cut + silence) return { kind: 'silence', afterBytes };
      if (drawn < cut + silence + repeat) return { kind: 'repeat' };
      if (drawn < cut + silence + repeat + late)
        return { kind: 'late', milliseconds: random.between(1, longestLateMs) };
      return { kind: 'none' };
    }
    if (random.chance(rates.loseAnswer)) return { kind: 'lose answer' };
    if (random.chance(rates.delay)) return { kind: 'delay', milliseconds: random.between(1, longestDelayMs) };
    return { kind: 'none' };
  };
}
