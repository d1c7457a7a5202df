import type { Informer, StateListener } from '#host/kube/informer.ts';
import { createObjectStore } from '#host/kube/object-store.ts';
import type { Named } from '#host/kube/object-store.ts';
import type { Log } from '#host/observability/log.ts';
import { GuildNetError } from '#contract/errors.ts';
import type { SimulatedApi, Write } from './api/api-server.ts';
import type { Plural, Stored } from './api/stored.ts';
import type { ProcessClock } from './process-clock.ts';
import type { Random } from './random.ts';
import type { Weather } from './weather.ts';

export interface SimulatedInformerOptions<T> {
  api: SimulatedApi;
  plural: Plural;
  /** The label an object must have to be seen, set to "true". */
  label?: string;
  parse: (object: unknown) => { value: T } | { problem: string };
  index?: (object: T) => string | undefined;
  process: ProcessClock;
  random: Random;
  weather: () => Weather;
  log: Log;
}

const outageMs = [100, 60_000] as const;

/**
 * An informer as the operator sees one, on the store that the real ones use. What it is told is late, sometimes twice, and
 * after a broken connection either goes on where it stopped or begins with a new list: changes in between are never seen.
 */
export function createSimulatedInformer<T extends Named>(options: SimulatedInformerOptions<T>): Informer<T> {
  const { api, plural, label, process, random, weather } = options;
  const store = createObjectStore<T>({ ...options, leftOut: () => undefined });
  const listeners = new Set<StateListener>();
  const first = Promise.withResolvers<void>();
  let state: Informer<T>['state'] = 'syncing';
  let problem: GuildNetError | undefined;
  let seen = 0;
  let stopped = false;

  const become = (next: typeof state, error?: GuildNetError): void => {
    state = next;
    problem = error;
    for (const listener of listeners) listener(next, error);
  };
  const matches = (object: Stored | undefined): object is Stored =>
    object !== undefined && (label === undefined || object.metadata.labels?.[label] === 'true');
  const tell = ({ before, after, version }: Write): void => {
    if (matches(after)) store.apply({ type: 'upsert', object: copy(after) });
    else if (matches(before)) {
      const metadata = { ...(after ?? before).metadata, resourceVersion: String(version) };
      store.apply({ type: 'delete', object: copy({ ...(after ?? before), metadata }) });
    }
  };
  const list = (): void => {
    seen = api.writes.length;
    store.replace(api.list(plural).filter(matches).map(copy));
    become('online');
    first.resolve();
  };
  const hear = (until: number): void => {
    if (stopped || state !== 'online') return;
    for (; seen < until; seen += 1) {
      const write = api.writes[seen];
      if (write?.plural !== plural) continue;
      tell(write);
      if (random.chance(weather().repeated)) tell(write);
    }
  };
  const lose = (): void => {
    become('offline', new GuildNetError('cluster_offline', 'The connection was cut off.'));
    process.after(random.between(...outageMs), () => {
      if (stopped) return;
      if (random.chance(0.5)) return list();
      become('online');
      hear(api.writes.length);
    });
  };
  const begin = (): void => {
    process.after(random.between(1, weather().watchDelayMs), list);
    api.onWrite((write) => {
      if (stopped || !process.alive || write.plural !== plural) return;
      const until = api.writes.length;
      const breaks = random.chance(weather().broken);
      process.after(random.between(1, weather().watchDelayMs), () => {
        if (breaks && state === 'online') lose();
        hear(until);
      });
    });
  };
  return {
    list: store.list,
    get: store.get,
    byIndex: store.byIndex,
    get state() {
      return state;
    },
    get problem() {
      return problem;
    },
    onChange: store.onChange,
    onState: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start: begin,
    stop: async () => {
      stopped = true;
    },
    synced: () => first.promise,
  };
}

function copy(object: Stored): unknown {
  return JSON.parse(JSON.stringify(object)) as unknown;
}
