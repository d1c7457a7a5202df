import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { guildnet } from '#test/guildnet.ts';
import { startHeadlessHost } from '#test/headless-host.ts';

// Each starts processes: quick on a quiet machine, and never to be judged by time on a busy one.
vi.setConfig({ testTimeout: 60_000 });

test('a host without a cluster serves, is found by commands, and stops cleanly', async () => {
  await using host = await startHeadlessHost({});
  const record = join(host.home, 'state', 'host.json');
  expect(host.url).toMatch(/^https:\/\/localhost:\d+$/);
  expect(existsSync(record)).toBe(true);

  const status = await guildnet(host.home, 'status', '--json');
  expect(status).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(status.stdout)).toMatchObject({
    host: { url: host.url, pid: host.child.pid },
    cluster: { phase: 'none' },
  });

  const launch = await guildnet(host.home, 'launch', 'code-server', '--json');
  expect({ ...launch, stderr: '' }).toEqual({ code: 1, stdout: '', stderr: '' });
  expect(JSON.parse(launch.stderr)).toMatchObject({ code: 'no_cluster' });

  expect(await host.stop()).toBe(0);
  expect(existsSync(record)).toBe(false);
  expect(await guildnet(host.home, 'ls')).toMatchObject({ code: 1, stdout: '' });
});

test('a host that was killed leaves its record behind, which nobody believes and the next one replaces', async () => {
  await using host = await startHeadlessHost({});
  const record = join(host.home, 'state', 'host.json');
  const closed = once(host.child, 'close');
  host.child.kill('SIGKILL');
  await closed;
  expect(existsSync(record)).toBe(true);
  const found = await guildnet(host.home, 'status');
  expect(found).toMatchObject({ code: 1, stdout: '' });
  expect(found.stderr).toContain('guildnet serve');

  await using next = await startHeadlessHost({ home: host.home });
  const status = await guildnet(host.home, 'status', '--json');
  expect(JSON.parse(status.stdout)).toMatchObject({ host: { url: next.url, pid: next.child.pid } });
  expect(await next.stop()).toBe(0);
  expect(existsSync(record)).toBe(false);
});

test('a port that is taken: exit 1, and which port and what to do', async () => {
  await using host = await startHeadlessHost({});
  const { port } = new URL(host.url);
  const second = await guildnet(join(host.home, 'second'), 'serve', '--listen', `127.0.0.1:${port}`);
  expect(second).toMatchObject({ code: 1, stdout: '' });
  expect(second.stderr).toContain(port);
});

test.each([
  [['--listen', 'nonsense'], 'nonsense'],
  [['--namespace', 'Not_A_Namespace'], 'Not_A_Namespace'],
  [['--ui', '/nonexistent'], 'holds no built UI'],
])('serve %j is refused with the reason', async (args, why) => {
  const { code, stderr } = await guildnet('/nonexistent/guildnet', 'serve', ...args);
  expect(code).toBe(1);
  expect(stderr).toContain(why);
  expect(stderr).not.toMatch(/\n\s+at /);
});
