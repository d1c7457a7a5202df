import { expect, test, vi } from 'vitest';
import { stopSignal } from './stop-signal.ts';

test('the first signal asks, the second forces, and nothing is left listening', async () => {
  const before = process.listenerCount('SIGHUP');
  const force = vi.fn<(code: number) => void>();
  const stop = stopSignal(force);
  process.emit('SIGHUP', 'SIGHUP');
  await expect(stop.requested).resolves.toBe('SIGHUP');
  expect(force).not.toHaveBeenCalled();
  process.emit('SIGTERM', 'SIGTERM');
  expect(force).toHaveBeenCalledWith(143);
  stop.dispose();
  expect(process.listenerCount('SIGHUP')).toBe(before);
});
