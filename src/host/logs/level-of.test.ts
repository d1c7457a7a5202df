import { expect, test } from 'vitest';
import { goesOn, isAtLeast, levelOf } from './level-of.ts';

test.each<[string, ReturnType<typeof levelOf>]>([
  ['{"level":"warn","msg":"error in name only"}', 'warn'],
  ['{"level":50,"time":1}', 'error'],
  ['{"level":30}', 'info'],
  ['{"severity":"CRITICAL"}', 'error'],
  ['{"msg":"error"}', undefined],
  ['time=2026-11-26T08:00:00Z level=debug msg="error"', 'debug'],
  ['ts=1 lvl=eror', undefined],
  ['E1126 08:00:00.000000       1 main.go:1] failed', 'error'],
  ['W1126 08:00:00.000000       1 main.go:1] hm', 'warn'],
  ['I1126 08:00:00.000000       1 main.go:1] ERROR is only mentioned', 'info'],
  ['<3>kernel: bad', 'error'],
  ['<14>app: fine', 'info'],
  ['[2026-11-26T08:00:00.000Z] info  code-server 4.139.1', undefined],
  ['[08:00:00] [warn] slow', 'warn'],
  ['2026-11-26 08:00:00,123 ERROR root: it broke', 'error'],
  ['[W 2026-11-26 08:00:00 ServerApp] x', undefined],
  ['WARNING: This is a development server.', 'warn'],
  ['npm error: code E404', 'error'],
  ['INFO:     Uvicorn running on http://0.0.0.0:8080', 'info'],
  ['Traceback (most recent call last):', 'error'],
  ['TypeError: x is not a function', 'error'],
  ['java.io.IOException', 'error'],
  ['panic: runtime error', 'error'],
  ['no errors were found', undefined],
  ['the word ERROR far behind '.padStart(300), undefined],
  ['', undefined],
])('%j is %s', (text, level) => {
  expect(levelOf(text)).toBe(level);
});

test('a stack trace belongs to its error', () => {
  expect(['  at main.js:1', '\tat Main.java', 'Caused by: x', 'next'].map(goesOn)).toEqual([true, true, true, false]);
});

test('a level lets through what is as urgent', () => {
  expect((['debug', 'info', 'warn', 'error'] as const).filter((level) => isAtLeast(level, 'warn'))).toEqual([
    'warn',
    'error',
  ]);
  expect(isAtLeast('debug', undefined)).toBe(true);
});

test('no line takes long to look at', () => {
  for (const part of ['[', ' error', '"level"', '{"level" ', 'A.', '<1', '\u001b['])
    expect(levelOf(part.repeat(20_000))).not.toBe('debug');
});
