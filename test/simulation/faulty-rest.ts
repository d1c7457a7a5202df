import type { Clock } from '#host/kube/clock.ts';
import type { Rest } from '#host/kube/rest.ts';
import { TransportError } from '#host/kube/transport-error.ts';
import type { SimulatedApi } from './api/api-server.ts';
import { refusal } from './api/refusal.ts';
import type { ProcessClock } from './process-clock.ts';
import type { Random } from './random.ts';
import type { Weather } from './weather.ts';

export interface FaultyRestOptions {
  who: string;
  api: SimulatedApi;
  time: Clock;
  process: ProcessClock;
  random: Random;
  /** As it is at the moment. */
  weather: () => Weather;
  /** Told of every request when it is sent. */
  sent: (method: string, path: string) => 'go on' | 'crash before' | 'crash after';
  crash: () => void;
}

type Refused = [code: number, reason: string, message: string];

const refusals: readonly [Refused, ...Refused[]] = [
  [409, 'Conflict', 'the object has been modified; please apply your changes to the latest version'],
  [429, 'TooManyRequests', 'too many requests, please try again later'],
  [500, 'InternalError', 'etcdserver: request timed out'],
  [503, 'ServiceUnavailable', 'the server is currently unable to handle the request'],
];
/** For how long a machine sleeps, at most. */
export const longestSleepSeconds = 600;

/** The way from one process to the API server, on which requests and answers are late, lost or refused, and the process dies. */
export function createFaultyRest(options: FaultyRestOptions): Rest {
  const { who, api, time, process, random, weather, sent, crash } = options;
  const json: Rest['json'] = (method, path, { body, query, contentType, signal, onDate } = {}) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const onAbort = (): void => reject(signal?.reason as Error);
      signal?.addEventListener('abort', onAbort, { once: true });
      const now = weather();
      const order = sent(method, path);
      if (order === 'crash before' || random.chance(now.crash / 2)) return crash();
      if (random.chance(now.freeze)) process.freeze(1_000 * random.between(1, longestSleepSeconds));
      const dies = order === 'crash after' || random.chance(now.crash / 2);
      const latency = (): number => random.between(1, now.latencyMs);
      const answer = (settle: () => void): void => {
        if (dies) crash();
        process.after(latency(), () => {
          signal?.removeEventListener('abort', onAbort);
          settle();
        });
      };
      const fail = (error: Error): void => answer(() => reject(error));
      // On its way it does not depend on its sender any more.
      time.after(latency(), () => {
        if (random.chance(now.unreached)) return fail(broken());
        const date = new Date(Math.floor(time.now() / 1_000) * 1_000);
        const status = (error: Error): void => answer(() => (onDate?.(date), reject(error)));
        // A conflict is for those who write.
        const refused = random.pick(refusals);
        if (random.chance(now.refused) && !(refused[0] === 409 && method === 'GET')) return status(refusal(...refused));
        try {
          const result = api.request({ who, method, path, body, query, contentType });
          if (random.chance(now.unanswered)) fail(broken());
          else answer(() => (onDate?.(date), resolve(result)));
        } catch (error) {
          status(error instanceof Error ? error : new Error(String(error)));
        }
      });
    });
  return { json, stream: () => Promise.reject(new TypeError('the simulation delivers changes by itself')) };
}

function broken(): TransportError {
  return new TransportError(Object.assign(new Error('the connection was cut off'), { code: 'ECONNRESET' }));
}
