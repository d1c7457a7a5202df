import { expect, test } from 'vitest';
import type { TailnetMode, TailnetState } from '#contract/tailnet.ts';
import { changingTailnet } from './changing.ts';
import { noTailnet } from './tailnet.ts';
import type { Tailnet } from './tailnet.ts';

interface Opened {
  mode: TailnetMode;
  did: string[];
  ports: readonly number[];
  tell(what: 'state' | 'peers'): void;
}

/** Tailnets that write down what is done to them. */
function given(mode: TailnetMode, kept?: TailnetMode) {
  const opened: Opened[] = [];
  const written: TailnetMode[] = [];
  const tailnet = changingTailnet({
    mode,
    open(next): Tailnet {
      const listeners = new Set<(what: 'state' | 'peers') => void>();
      const one: Opened = {
        mode: next,
        did: [],
        ports: [],
        tell: (what) => listeners.forEach((listener) => listener(what)),
      };
      opened.push(one);
      const state: TailnetState = { mode: next, phase: next === 'off' ? 'off' : 'starting' };
      const did = (what: string) => (): Promise<TailnetState> => {
        one.did.push(what);
        return Promise.resolve(state);
      };
      return {
        ...noTailnet(),
        state,
        start: () => void one.did.push('start'),
        stop: async () => void (await did('stop')()),
        login: next === 'off' ? noTailnet().login : did('login'),
        listen(ports) {
          one.ports = [...ports];
          return Promise.resolve();
        },
        onChange(listener) {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
      };
    },
    kept: () => Promise.resolve(kept),
    keep: (next) => {
      written.push(next);
      return Promise.resolve();
    },
  });
  return { tailnet, opened, written };
}

test('what was chosen is begun with, and what it was configured as is never started', async () => {
  const { tailnet, opened, written } = given('off', 'system');
  await tailnet.restore();
  tailnet.start();
  expect(tailnet.state.mode).toBe('system');
  expect(opened.map(({ mode, did }) => [mode, did])).toEqual([
    ['off', ['stop']],
    ['system', ['start']],
  ]);
  expect(written).toEqual([]);
});

test('another way takes over the open ports and those who listen, and the one before ends', async () => {
  const { tailnet, opened, written } = given('embedded');
  const told: string[] = [];
  tailnet.onChange((what) => told.push(what));
  tailnet.start();
  await tailnet.listen(new Set([443, 80]));
  expect((await tailnet.use('system')).mode).toBe('system');
  expect(opened.map(({ did }) => did)).toEqual([['start', 'stop'], ['start']]);
  expect(opened[1]?.ports).toEqual([443, 80]);
  expect(written).toEqual(['system']);
  told.length = 0;
  opened[0]?.tell('state');
  opened[1]?.tell('peers');
  expect(told).toEqual(['peers']);
  await tailnet.use('system');
  expect(opened).toHaveLength(2);
  await tailnet.stop();
  expect(opened[1]?.did.at(-1)).toBe('stop');
});

test('who logs in a host that is on no tailnet has it on one by a node of its own', async () => {
  const { tailnet, opened, written } = given('off');
  tailnet.start();
  expect((await tailnet.login({ auth_key: 'k' })).mode).toBe('embedded');
  expect(opened[1]?.did).toEqual(['login', 'start']);
  expect(written).toEqual(['embedded']);
  await tailnet.login({});
  expect(written).toEqual(['embedded']);
});

test('after its end it begins nothing any more', async () => {
  const { tailnet, opened } = given('off');
  tailnet.start();
  await tailnet.stop();
  await tailnet.use('embedded');
  expect(opened).toHaveLength(1);
});
