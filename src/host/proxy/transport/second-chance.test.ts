import { expect, test, vi } from 'vitest';
import type { ForwardListener, Prepared } from './forward.ts';
import { withSecondChance } from './second-chance.ts';
import { TunnelError } from './tunnel-error.ts';

const refused = new TunnelError('refused', 'connection refused');

/** A connection of which the test is the far end. */
function connection() {
  const written: string[] = [];
  let far: ForwardListener | undefined;
  const prepared: Prepared = {
    halfCloses: true,
    begin(listener) {
      far = listener;
      return {
        write: (chunk) => written.push(String(chunk)) > 0,
        end: () => written.push('end'),
        fade: () => undefined,
        resume: () => undefined,
        release: () => written.push('released'),
      };
    },
    discard: () => written.push('discarded'),
  };
  return { prepared, written, far: () => far };
}

function trying() {
  const [first, second] = [connection(), connection()];
  const told: string[] = [];
  const answered = vi.fn<() => void>();
  const prepare = vi.fn(() => Promise.resolve(second.prepared));
  const forward = withSecondChance(first.prepared, { prepare, answered }).begin({
    data: (bytes) => told.push(String(bytes)) > 0,
    end: () => told.push('end'),
    fail: (error) => told.push(error.message),
    drained: () => told.push('drained'),
  });
  return { first, second, told, answered, prepare, forward };
}

test('what was written to nobody is written again by the second way', async () => {
  const { first, second, told, answered, forward } = trying();
  forward.write(Buffer.from('GET'));
  first.far()?.fail(refused);
  expect(forward.write(Buffer.from(' more'))).toBe(false);
  await vi.waitFor(() => expect(second.written).toEqual(['GET', ' more']));
  expect(first.written).toEqual(['GET', 'released']);
  second.far()?.data(Buffer.from('200'));
  second.far()?.end();
  expect(told).toEqual(['drained', '200', 'end']);
  expect(answered).toHaveBeenCalledTimes(1);
});

test('when neither leads there the first failure is told', async () => {
  const { first, second, told, forward, answered } = trying();
  forward.write(Buffer.from('GET'));
  first.far()?.fail(refused);
  await vi.waitFor(() => expect(second.far()).toBeDefined());
  second.far()?.fail(new Error('another'));
  expect(told.at(-1)).toBe('connection refused');
  expect(answered).not.toHaveBeenCalled();
});

test.each<[string, (one: ReturnType<typeof trying>) => void]>([
  ['a look that says nothing', ({ first }) => first.far()?.fail(refused)],
  [
    'one that has had an answer',
    ({ first, forward }) => {
      forward.write(Buffer.from('x'));
      first.far()?.data(Buffer.from('y'));
      first.far()?.fail(refused);
    },
  ],
  [
    'one that broke otherwise',
    ({ first, forward }) => {
      forward.write(Buffer.from('x'));
      first.far()?.fail(new TunnelError('lost', 'connection refused'));
    },
  ],
  [
    'one that has said too much to be kept',
    ({ first, forward }) => {
      forward.write(Buffer.alloc(65 * 1024));
      first.far()?.fail(refused);
    },
  ],
])('%s has none', (_what, act) => {
  const one = trying();
  act(one);
  expect(one.prepare).not.toHaveBeenCalled();
  expect(one.told.at(-1)).toBe('connection refused');
});

test('one that is let go meanwhile begins nothing', async () => {
  const { first, second, forward } = trying();
  forward.write(Buffer.from('x'));
  first.far()?.fail(refused);
  forward.release();
  await vi.waitFor(() => expect(second.written).toEqual(['discarded']));
});
