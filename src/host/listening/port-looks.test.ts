import { expect, test } from 'vitest';
import { handClock } from '#test/hand-clock.ts';
import { aPod, aWorkspace } from '#test/operator/objects.ts';
import type { Prepared } from '../proxy/transport/forward.ts';
import { TunnelError } from '../proxy/transport/tunnel-error.ts';
import { mostAsked, portsToAsk } from './customary-ports.ts';
import { createPortLooks } from './port-looks.ts';

/** A pod in which something listens at these ports; `never`: and never ends a connection. */
function stage(open: readonly number[], { never = false } = {}) {
  const clock = handClock();
  const asked: number[] = [];
  let atATime = 0;
  let most = 0;
  let uid = 'one';
  let isThere = true;
  const prepared = (port: number): Prepared => ({
    halfCloses: true,
    begin(listener) {
      atATime += 1;
      most = Math.max(most, atATime);
      setImmediate(() => {
        if (!open.includes(port)) listener.fail(new TunnelError('refused', 'x'));
        else if (!never) listener.end();
      });
      return {
        write: () => true,
        end: () => undefined,
        fade: () => undefined,
        resume: () => undefined,
        release: () => (atATime -= 1),
      };
    },
    discard: () => undefined,
  });
  const pod = () => ({ ...aPod({ conditions: { Ready: 'True' } }), metadata: { name: 'p', uid } });
  const looks = createPortLooks({
    kube: { namespace: 'n' },
    world: {
      workspaces: { get: () => (isThere ? aWorkspace() : undefined) } as never,
      podsOf: () => [pod()],
    },
    transport: {
      prepare: async ({ port }) => {
        asked.push(port);
        return prepared(port);
      },
    },
    clock,
    limits: { askMs: 100, lookMs: 200 },
  });
  return {
    looks,
    clock,
    asked,
    most: () => most,
    left: () => atATime,
    replace: () => (uid = 'two'),
    remove: () => (isThere = false),
  };
}

test('what listens at declared, named and customary ports is found, a few asked at a time', async () => {
  const { looks, asked, most, left } = stage([8080, 5173, 4567]);
  const found = await looks.at('w', [4567]);
  expect(
    [...found]
      .filter(([, isOpen]) => isOpen)
      .map(([port]) => port)
      .toSorted((one, other) => one - other),
  ).toEqual([4567, 5173, 8080]);
  expect(found.get(8443)).toBe(false);
  expect(asked.slice(0, 3)).toEqual([8080, 8443, 4567]);
  expect(new Set(asked).size).toBe(asked.length);
  expect(most()).toBeLessThanOrEqual(6);
  expect(left()).toBe(0);
});

test('for a few seconds a look is the answer for all, unless the pod or the question is another', async () => {
  const { looks, asked, clock, replace } = stage([8080]);
  const looksSoFar = (): number => asked.filter((port) => port === 8443).length;
  await Promise.all([looks.at('w', []), looks.at('w', [])]);
  clock.advance(3_000);
  await looks.at('w', []);
  expect(looksSoFar()).toBe(1);
  await looks.at('w', [9999]);
  expect(looksSoFar()).toBe(2);
  replace();
  await looks.at('w', [9999]);
  expect(looksSoFar()).toBe(3);
  clock.advance(4_000);
  await looks.at('w', [9999]);
  expect(looksSoFar()).toBe(4);
});

test('what was found open is let be for half a minute, and asked again then', async () => {
  const open = [8080];
  const { looks, asked, clock, replace } = stage(open);
  const times = (): number => asked.filter((port) => port === 8080).length;
  await looks.at('w', []);
  clock.advance(10_000);
  expect((await looks.at('w', [])).get(8080)).toBe(true);
  expect(times()).toBe(1);
  open.pop();
  clock.advance(20_000);
  expect((await looks.at('w', [])).get(8080)).toBe(false);
  expect(times()).toBe(2);
  open.push(8080);
  clock.advance(4_000);
  expect((await looks.at('w', [])).get(8080)).toBe(true);
  // Another pod is another matter.
  replace();
  open.pop();
  expect((await looks.at('w', [])).get(8080)).toBe(false);
});

test('a pod that holds every port open and never ends costs a bounded time, and nothing stays', async () => {
  const { looks, left } = stage(portsToAsk([]), { never: true });
  expect([...(await looks.at('w', []))]).toEqual([]);
  expect(left()).toBe(0);
});

test('of what is not there, and after the end, nobody is asked', async () => {
  const gone = stage([]);
  gone.remove();
  expect([(await gone.looks.at('w', [])).size, gone.asked]).toEqual([0, []]);
  const stopped = stage([8080]);
  stopped.looks.stop();
  expect([(await stopped.looks.at('w', [])).size, stopped.asked]).toEqual([0, []]);
});

test('each port is asked once in a look, those that somebody has named first, and not without end', () => {
  expect(portsToAsk([8080, 5173, 8080]).slice(0, 3)).toEqual([8080, 5173, 80]);
  expect(portsToAsk(Array.from({ length: 1_000 }, (_, at) => at + 1))).toHaveLength(mostAsked);
});
