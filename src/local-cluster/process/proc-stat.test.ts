import { describe, expect, it } from 'vitest';
import { parseProcStat, readProcStat } from './proc-stat.ts';

const line = (name: string, flags = 4194304): string =>
  `4242 (${name}) S 17 4242 4242 0 -1 ${flags} 1 2 3 4 5 6 7 8 20 0 1 0 987654 1000 10 18446744073709551615`;

describe('parseProcStat', () => {
  it.each(['kube', 'a b', 'x) S 1 (y', ')'])('reads past the name %s', (name) => {
    expect(parseProcStat(line(name))).toEqual({
      pid: 4242,
      parent: 17,
      state: 'S',
      startTicks: 987654,
      exiting: false,
    });
  });
  it('sees that a process is on its way out', () => {
    expect(parseProcStat(line('init', 4194304 | 4))?.exiting).toBe(true);
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
