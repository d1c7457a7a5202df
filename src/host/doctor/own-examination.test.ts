import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { createOwnExamination } from './own-examination.ts';

// Two looks, each with twenty seconds for what does not answer.
vi.setConfig({ testTimeout: 180_000 });

test('who asks while it looks is told the same; later it is looked again', async () => {
  const home = await mkdtemp(join(tmpdir(), 'guildnet-doctor-'));
  try {
    let looks = 0;
    const examination = createOwnExamination({
      env: { HOME: home, LISTEN_LOCAL: '127.0.0.1:9' },
      flags: { listen: '127.0.0.1:0' },
      home,
      certsFolder: join(home, 'certs'),
      chosen: () => ({}),
      localCluster: {
        availability: () => ({ available: false, reason: 'It is a test.', remedy: 'None.' }),
        up: () => Promise.reject(new Error('not asked for')),
        down: () => Promise.resolve(),
        status: () => Promise.resolve({ phase: 'absent' as const }),
      },
      usesLocal: () => {
        looks += 1;
        return false;
      },
    });
    const [one, other] = await Promise.all([examination(), examination()]);
    expect(other).toBe(one);
    expect(looks).toBe(1);
    // The flag is what the host listens by, not the variable.
    expect(one.checks.find(({ id }) => id === 'port')?.findings[0]?.message).toContain('127.0.0.1:0');
    expect(await examination()).not.toBe(one);
    expect(looks).toBe(2);
  } finally {
    await rm(home, { recursive: true });
  }
});
