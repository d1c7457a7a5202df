import type { Random } from './random.ts';

/** How badly the network, the API server and the machine behave. Probabilities are for each request, change or connection. */
export interface Weather {
  /** The request does not arrive. */
  unreached: number;
  /** It arrives and is done, but the answer is lost. */
  unanswered: number;
  /** It is refused with 409, 429, 500 or 503, and not done. */
  refused: number;
  /** Each way, at most. */
  latencyMs: number;
  /** A change is seen so much later, at most. */
  watchDelayMs: number;
  /** A change is told twice. */
  repeated: number;
  /** A connection breaks with a change that it would have told. */
  broken: number;
  /** The operator dies with a request: before it is sent, or before its answer comes. */
  crash: number;
  /** The operator's machine sleeps instead. */
  freeze: number;
}

export const calm: Weather = {
  unreached: 0,
  unanswered: 0,
  refused: 0,
  latencyMs: 10,
  watchDelayMs: 20,
  repeated: 0,
  broken: 0,
  crash: 0,
  freeze: 0,
};

/** Of a seed: from a fair day to one on which a third of all goes wrong. */
export function drawWeather(random: Random): Weather {
  const upTo = (most: number): number => (random.chance(0.3) ? 0 : random.next() * most);
  return {
    unreached: upTo(0.15),
    unanswered: upTo(0.15),
    refused: upTo(0.2),
    latencyMs: random.pick([10, 300, 5_000]),
    watchDelayMs: random.pick([10, 500, 5_000]),
    repeated: upTo(0.3),
    broken: upTo(0.05),
    crash: upTo(0.04),
    freeze: upTo(0.01),
  };
}

/** Whether every request is done and answered, however late. */
export function isFair({ unreached, unanswered, refused, crash, freeze }: Weather): boolean {
  return [unreached, unanswered, refused, crash, freeze].every((chance) => chance === 0);
}
