import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, test } from '@playwright/test';
import { nameHasOwner } from '../src/main/tray/bus/ask-bus.ts';
import { busSockets } from '../src/main/tray/bus/bus-address.ts';

/** A session bus of its own. */
async function startBus(): Promise<{ address: string } & AsyncDisposable> {
  const child: ChildProcess = spawn('dbus-daemon', ['--session', '--nofork', '--print-address'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  if (child.stdout === null) throw new Error('The bus has no output.');
  const [address] = (await once(createInterface(child.stdout), 'line')) as [string];
  return {
    address,
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
}

test('a real bus says whose a name is', async () => {
  await using bus = await startBus();
  const [socket] = busSockets({ DBUS_SESSION_BUS_ADDRESS: bus.address });
  expect(socket).toBeDefined();
  expect(await nameHasOwner(socket ?? '', 'org.freedesktop.DBus', 10_000)).toBe(true);
  expect(await nameHasOwner(socket ?? '', 'org.kde.StatusNotifierWatcher', 10_000)).toBe(false);
});
