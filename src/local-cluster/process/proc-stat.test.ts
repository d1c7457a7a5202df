import { describe, expect, it } from 'vitest';
import { parseProcStat, readProcStat } from './proc-stat.ts';

const line = (name: string): string =>
  `4242 (${name}) S 17 4242 4242 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 1 0 987654 1000 10 18446744073709551615`;

describe('parseProcStat', () => {
  it.each(['kube', 'a b', 'x) S 1 (y', ')'])('reads past the name %s', (name) => {
    expect(parseProcStat(line(name))).toEqual({ pid: 4242, parent: 17, state: 'S', startTicks: 987654 });
  });
  it('knows what is no such line', () => {
    expect(parseProcStat('nonsense')).toBeUndefined();
    expect(parseProcStat('1 (x) S 1')).toBeUndefined();
  });
});

describe.runIf(process.platform === 'linux')('readProcStat', () => {
  it('finds this process, and none that there is not', async () => {
    expect((await readProcStat(process.pid))?.parent).toBe(process.ppid);
    expect(await readProcStat(2 ** 22 + 1)).toBeUndefined();
  });
});
