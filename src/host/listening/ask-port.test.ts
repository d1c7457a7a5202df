import { expect, test } from 'vitest';
import type { ForwardListener, Prepared } from '../proxy/transport/forward.ts';
import { TunnelError } from '../proxy/transport/tunnel-error.ts';
import { askPort } from './ask-port.ts';

function played(act: (far: ForwardListener) => void, halfCloses = true) {
  const told: string[] = [];
  const prepared: Prepared = {
    halfCloses,
    begin(listener) {
      queueMicrotask(() => act(listener));
      return {
        write: () => true,
        end: () => told.push('end'),
        fade: () => undefined,
        resume: () => undefined,
        release: () => told.push('release'),
      };
    },
    discard: () => told.push('discard'),
  };
  return { prepared, told };
}

const never = new AbortController().signal;
const long = { ms: 60_000, signal: never };

test.each<[string, (far: ForwardListener) => void, boolean | undefined]>([
  ['what ends in order was open', (far) => far.end(), true],
  ['what speaks first is open', (far) => void far.data(Buffer.from('SSH-2.0')), true],
  ['what the node reports as refused is not', (far) => far.fail(new TunnelError('refused', 'x')), false],
  ['of a pod that is gone nothing is known', (far) => far.fail(new TunnelError('gone', 'x')), undefined],
  ['nor of a connection that was cut', (far) => far.fail(new TunnelError('lost', 'x')), undefined],
])('%s', async (_what, act, expected) => {
  const { prepared, told } = played(act);
  expect(await askPort(async () => prepared, long)).toBe(expected);
  expect(told).toEqual(['end', 'release']);
});

test('without half-close a silent port is not known, and no end of ours is taken for its answer', async () => {
  const { prepared, told } = played(() => undefined, false);
  expect(await askPort(async () => prepared, { ms: 10, signal: never })).toBeUndefined();
  expect(told).toEqual(['release']);
});

test('a way that is not there, and one that is not wanted any more, leave nothing', async () => {
  expect(await askPort(() => Promise.reject(new TunnelError('offline', 'x')), long)).toBeUndefined();
  const { prepared, told } = played(() => undefined);
  expect(await askPort(async () => prepared, { ms: 60_000, signal: AbortSignal.abort() })).toBeUndefined();
  expect(told).toEqual(['discard']);
  const stop = new AbortController();
  const waiting = played(() => stop.abort());
  expect(await askPort(async () => waiting.prepared, { ms: 60_000, signal: stop.signal })).toBeUndefined();
  expect(waiting.told).toEqual(['end', 'release']);
});
