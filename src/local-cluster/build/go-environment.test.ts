import { expect, test } from 'vitest';
import { goEnvironment } from './build-go-program.ts';

test.each([
  ['little memory', {}, 4, undefined],
  ['much memory', {}, 8, '200'],
  ['much memory, and somebody who knows better', { GOGC: '50' }, 64, '50'],
])('with %s the compiler’s collector is told %j', (_, base, gibibytes, expected) => {
  expect(goEnvironment(base, gibibytes * 2 ** 30)['GOGC']).toBe(expected);
});

test('what a person sets for their own Go programs changes nothing of ours', () => {
  const env = goEnvironment({
    GOFLAGS: '-mod=mod',
    CGO_ENABLED: '1',
    GOWORK: '/work/go.work',
    GOPROXY: 'https://proxy.test',
  });
  expect(env).toMatchObject({ CGO_ENABLED: '0', GOWORK: 'off', GOPROXY: 'https://proxy.test' });
  expect(env['GOFLAGS']).not.toContain('-mod=mod');
});
