import type { ExchangeFacts, ExchangeWatch } from '#host/proxy/traffic.ts';
import { Evidence } from '#host/workspaces/use/evidence.ts';
import type { UseBy } from '#host/workspaces/use/judge-use.ts';
import { watchForward } from '#host/workspaces/use/watch-forward.ts';
import { watchExchange } from '#host/workspaces/use/watch-traffic.ts';

/** For tests: traffic to one workspace over hours, in no time. */
export interface TestTraffic {
  /** Calls it at every so many ms, from a time on and until another, with the number of the turn. */
  every(ms: number, run: (turn: number) => void, from?: number, until?: number): void;
  /** Calls it at these times within every round of so many ms. */
  rounds(ms: number, at: readonly number[], run: (turn: number) => void, from?: number, until?: number): void;
  at(ms: number, run: () => void): void;
  begin(facts: Partial<ExchangeFacts>): ExchangeWatch;
  /** A page's WebSocket. */
  socket(path: string): TestSocket;
  /** A connection to a forwarded port. */
  forward(port: number): ExchangeWatch;
}

export interface TestSocket {
  /** The client sends a message. */
  say(message: string | Uint8Array): void;
  /** The client sends a compressed message of so many bytes. */
  sayCompressed(length: number): void;
  /** So many bytes come from the workspace. */
  hear(bytes: number): void;
}

const chrome = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/148.0', 'sec-fetch-site': 'same-origin' };
const fetches = (mode: string, dest: string) => ({ ...chrome, 'sec-fetch-mode': mode, 'sec-fetch-dest': dest });

export const click = { headers: { ...fetches('navigate', 'document'), 'sec-fetch-user': '?1' } };
export const reload = { headers: fetches('navigate', 'document') };
export const script = { headers: fetches('cors', 'empty') };
export const beacon = { method: 'POST', headers: fetches('no-cors', 'empty') };
export const part = (dest: string) => ({ headers: fetches('no-cors', dest) });
export const curl = { headers: { 'user-agent': 'curl/8.1', accept: '*/*' } };

const some = Buffer.alloc(100_000);
/** So many bytes, whatever they are. */
export const bytesOf = (length: number): Buffer => some.subarray(0, length);

/** One frame as a client sends it (RFC 6455, 5.2), with a mask of zeros. */
function frame(payload: Uint8Array, compressed: boolean): Buffer {
  const { length } = payload;
  const header = [compressed ? 0xc2 : 0x82];
  if (length < 126) header.push(0x80 | length);
  else header.push(0x80 | 126, length >> 8, length & 0xff);
  return Buffer.concat([Buffer.from([...header, 0, 0, 0, 0]), payload]);
}

export interface Played {
  /** When it was last in use, in ms since the beginning; undefined: never. */
  last: number | undefined;
  /** By what, at the last use. */
  by: UseBy | undefined;
}

/** Plays what is put down, in order, up to a time in ms, and tells the last use. */
export function play(put: (traffic: TestTraffic) => void, end: number): Played {
  let now = 0;
  let last: number | undefined;
  const evidence = new Evidence();
  const queue: { at: number; run: () => void }[] = [];
  const watcher = { evidence, clock: { now: () => now }, used: () => (last = now) };
  const begin: TestTraffic['begin'] = (facts) =>
    watchExchange(watcher, { kind: 'request', method: 'GET', path: '/', headers: {}, ...facts });
  put({
    every(ms, run, from = 0, until = end) {
      for (let at = from, turn = 0; at <= until; at += ms, turn += 1) queue.push({ at, run: () => run(turn) });
    },
    rounds(ms, times, run, from = 0, until = end) {
      for (let start = from, turn = 0; start <= until; start += ms) {
        for (const time of times) {
          const number = turn;
          queue.push({ at: start + time, run: () => run(number) });
          turn += 1;
        }
      }
    },
    at: (ms, run) => queue.push({ at: ms, run }),
    begin,
    forward: (port) => watchForward(watcher, port),
    socket(path) {
      const watch = begin({ kind: 'socket', path, headers: { origin: 'https://w.localhost' } });
      return {
        say: (message) => watch.fromClient(frame(Buffer.from(message), false)),
        sayCompressed: (length) => watch.fromClient(frame(Buffer.alloc(length, 1), true)),
        hear: (bytes) => watch.fromWorkspace(bytesOf(bytes)),
      };
    },
  });
  for (const { at, run } of queue.filter(({ at }) => at <= end).toSorted((one, other) => one.at - other.at)) {
    now = at;
    run();
  }
  return { last, by: evidence.reason?.by };
}
