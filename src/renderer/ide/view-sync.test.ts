import { expect, test, vi } from 'vitest';
import { createViewSync } from './view-sync.ts';

const small = { x: 0, y: 0, width: 10, height: 10 };
const large = { x: 0, y: 0, width: 99, height: 99 };

function recorder() {
  const calls: string[] = [];
  const gates: Array<() => void> = [];
  const held = (name: string): Promise<void> => {
    calls.push(name);
    return new Promise((resolve) => gates.push(resolve));
  };
  return {
    calls,
    views: {
      show: (id: string, bounds: { width: number }, beside?: { id: string; bounds: { width: number } }) =>
        held(`show ${id} ${bounds.width}${beside === undefined ? '' : ` ${beside.id} ${beside.bounds.width}`}`),
      hide: () => held('hide'),
    },
    release: () => gates.shift()?.(),
  };
}

test('one call at a time, and the latest wish wins', async () => {
  const { calls, views, release } = recorder();
  const sync = createViewSync(views, () => undefined);
  sync.want({ id: 'a', bounds: small });
  sync.want({ id: 'a', bounds: large });
  sync.want(undefined);
  sync.want({ id: 'b', bounds: large });
  expect(calls).toEqual(['show a 10']);
  release();
  await vi.waitFor(() => expect(calls).toEqual(['show a 10', 'show b 99']));
});

test('a hide is not lost behind a show under way', async () => {
  const { calls, views, release } = recorder();
  const sync = createViewSync(views, () => undefined);
  sync.want({ id: 'a', bounds: small });
  sync.want(undefined);
  release();
  await vi.waitFor(() => expect(calls).toEqual(['show a 10', 'hide']));
});

test('the same wish is not sent twice, and an invisible box hides', async () => {
  const { calls, views, release } = recorder();
  const sync = createViewSync(views, () => undefined);
  sync.want(undefined);
  sync.want({ id: 'a', bounds: small });
  release();
  await vi.waitFor(() => expect(calls).toEqual(['show a 10']));
  sync.want({ id: 'a', bounds: { ...small } });
  expect(calls).toEqual(['show a 10']);
  sync.want({ id: 'a', bounds: { ...small, height: 0 } });
  expect(calls).toEqual(['show a 10', 'hide']);
});

test('a failed call is told and does not stop the next', async () => {
  const problems: unknown[] = [];
  const show = vi.fn().mockRejectedValueOnce(new Error('no view')).mockResolvedValue(undefined);
  const sync = createViewSync({ show, hide: () => Promise.resolve() }, (error) => problems.push(error));
  sync.want({ id: 'a', bounds: small });
  await vi.waitFor(() => expect(problems).toHaveLength(1));
  sync.want({ id: 'a', bounds: large });
  await vi.waitFor(() => expect(show).toHaveBeenCalledTimes(2));
});

test('another one beside it is told with it, unless it cannot be seen', async () => {
  const { calls, views, release } = recorder();
  const sync = createViewSync(views, () => undefined);
  sync.want({ id: 'a', bounds: small, beside: { id: 'b', bounds: large } });
  sync.want({ id: 'a', bounds: small, beside: { id: 'b', bounds: { ...large } } });
  release();
  await vi.waitFor(() => expect(calls).toEqual(['show a 10 b 99']));
  sync.want({ id: 'b', bounds: large, beside: { id: 'a', bounds: small } });
  release();
  await vi.waitFor(() => expect(calls).toHaveLength(2));
  sync.want({ id: 'b', bounds: large, beside: { id: 'a', bounds: { ...small, width: 0 } } });
  await vi.waitFor(() => expect(calls).toEqual(['show a 10 b 99', 'show b 99 a 10', 'show b 99']));
});
