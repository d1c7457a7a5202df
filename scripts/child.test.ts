import { describe, expect, it } from 'vitest';
import { exitCode, runQuietly, tail } from './child.ts';

describe('exitCode', () => {
  it.each([
    [0, null, 0],
    [3, null, 3],
    [null, 'SIGINT', 130],
    [null, 'SIGTERM', 143],
    [null, 'SIGKILL', 129],
  ] as const)('%s, %s is %s', (code, signal, expected) => {
    expect(exitCode(code, signal)).toBe(expected);
  });
});

describe('runQuietly', () => {
  it('keeps what a program says and its exit code', async () => {
    const script = 'process.stdout.write("out"); process.stderr.write("err"); process.exitCode = 4';
    const { code, output } = await runQuietly(process.execPath, ['-e', script]);
    expect(code).toBe(4);
    expect(output).toContain('out');
    expect(output).toContain('err');
  });

  it('rejects when there is no such program', async () => {
    await expect(runQuietly('no-such-program-here', [])).rejects.toThrow('ENOENT');
  });

  it('leaves no signal listener behind', async () => {
    const before = process.listenerCount('SIGTERM');
    await runQuietly(process.execPath, ['-e', '']);
    expect(process.listenerCount('SIGTERM')).toBe(before);
  });
});

it('tail keeps the last lines', () => {
  expect(tail('1\n2\n3\n', 2)).toBe('2\n3');
});
