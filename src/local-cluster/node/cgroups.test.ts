import { describe, expect, it } from 'vitest';
import { parseCgroupMounts } from './cgroups.ts';

const line = (mountPoint: string, type: string, options = 'rw'): string =>
  `33 30 0:28 / ${mountPoint} rw,nosuid shared:9 - ${type} cgroup ${options}`;

describe('parseCgroupMounts', () => {
  it.each([
    ['one unified hierarchy', [line('/sys/fs/cgroup', 'cgroup2')], [{ mountPoint: '/sys/fs/cgroup', version: 2 }]],
    [
      'several, and a unified one beside them',
      [
        line('/sys/fs/cgroup', 'tmpfs'),
        line('/sys/fs/cgroup/cpu', 'cgroup', 'rw,cpu'),
        line('/sys/fs/cgroup/unified', 'cgroup2'),
      ],
      [
        { mountPoint: '/sys/fs/cgroup/cpu', version: 1 },
        { mountPoint: '/sys/fs/cgroup/unified', version: 2 },
      ],
    ],
    ['one mounted twice', [line('/c', 'cgroup2'), line('/c', 'cgroup2')], [{ mountPoint: '/c', version: 2 }]],
    ['none', ['22 1 8:1 / / rw - ext4 /dev/sda rw', ''], []],
  ])('finds %s', (_what, lines, found) => {
    expect(parseCgroupMounts(lines.join('\n'))).toEqual(found);
  });
});
