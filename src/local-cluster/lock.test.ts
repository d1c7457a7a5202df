import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { takeLock, withLock } from './lock.ts';

const lockModule = new URL('./lock.ts', import.meta.url).href;

describe.runIf(process.platform === 'linux')('the lock', () => {
  const subject = `test ${process.pid} ${Math.random()}`;

  it('lets one in at a time', async () => {
    let inside = 0;
    let most = 0;
    let waits = 0;
    const work = async (): Promise<void> => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside -= 1;
    };
    await Promise.all(Array.from({ length: 5 }, () => withLock(subject, { onWait: () => (waits += 1) }, work)));
    expect(most).toBe(1);
    expect(waits).toBe(4);
  });

  it('keeps different subjects apart', async () => {
    await using _one = await takeLock(`${subject} 1`);
    await using _two = await takeLock(`${subject} 2`);
  });

  it('is free again when its holder is killed', async () => {
    const script = `const { takeLock } = await import(${JSON.stringify(lockModule)}); await takeLock(${JSON.stringify(subject)}); console.log('held'); setInterval(() => {}, 1000);`;
    const holder = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(holder.stdout, 'data');
    let told = false;
    const taken = takeLock(subject, { onWait: () => (told = holder.kill('SIGKILL')) });
    await using _lock = await taken;
    expect(told).toBe(true);
  });

  it('stops waiting when told to', async () => {
    await using _lock = await takeLock(subject);
    const controller = new AbortController();
    const waiting = takeLock(subject, {
      signal: controller.signal,
      onWait: () => controller.abort(new Error('enough')),
    });
    await expect(waiting).rejects.toThrow('enough');
  });
});
