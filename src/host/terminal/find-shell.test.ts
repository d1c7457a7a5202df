import { expect, test } from 'vitest';
import { TunnelError } from '../proxy/transport/tunnel-error.ts';
import { createShellFinder } from './find-shell.ts';
import type { OpenExec } from './open-exec.ts';

// The container runtime is a fake: of the real one see terminal.cluster.test.ts.

const place = { namespace: 'n', pod: 'p', container: 'workspace' };
const idle = {
  write: () => true,
  endInput: () => true,
  resize: () => undefined,
  pause: () => undefined,
  resume: () => undefined,
  cut: () => undefined,
};

function runtimeWith(shells: readonly string[], asked: string[] = []): OpenExec {
  return ({ command }) => {
    const [shell = ''] = command;
    asked.push(shell);
    return Promise.resolve((listener) => {
      const outcome = shells.includes(shell)
        ? ({ kind: 'exited', code: 0 } as const)
        : ({ kind: 'absent', message: '' } as const);
      queueMicrotask(() => listener.ended(outcome));
      return idle;
    });
  };
}

test.each([
  { shells: ['/bin/sh', '/busybox/sh'], found: '/bin/sh', times: 1 },
  { shells: ['/busybox/sh'], found: '/busybox/sh', times: 2 },
  { shells: [], found: undefined, times: 3 },
])('of $shells it is $found, and asked for once', async ({ shells, found, times }) => {
  const asked: string[] = [];
  const finder = createShellFinder(runtimeWith(shells, asked));
  expect(await Promise.all([finder.of(place, 'u'), finder.of(place, 'u')])).toEqual([found, found]);
  expect(asked.length).toBe(times);
  await finder.of(place, 'another pod');
  expect(asked.length).toBe(2 * times);
});

test('what could not be found out is asked again', async () => {
  let tries = 0;
  const finder = createShellFinder((request) => {
    tries += 1;
    if (tries === 1) return Promise.reject(new TunnelError('offline', 'no answer'));
    return runtimeWith(['/bin/sh'])(request);
  });
  await expect(finder.of(place, 'u')).rejects.toBeInstanceOf(TunnelError);
  expect(await finder.of(place, 'u')).toBe('/bin/sh');
});
