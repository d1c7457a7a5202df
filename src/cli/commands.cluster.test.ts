import { inject, expect } from 'vitest';
import { logLineSchema } from '#contract/logs.ts';
import { localImages } from '#local-cluster/images.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { guildnet, startGuildnet } from '#test/guildnet.ts';
import { startHeadlessHost } from '#test/headless-host.ts';
import { namespaceTest } from '#test/namespace.ts';

namespaceTest('the life of a workspace on the command line', async ({ namespace }) => {
  await using host = await startHeadlessHost({
    kubeconfigPath: inject('kubeconfigPath'),
    namespace: namespace.name,
    presets: [{ label: 'Echo', image: localImages.echo }],
  });
  const run = (...args: string[]) => guildnet(host.home, ...args);
  const asJson = async (...args: string[]): Promise<unknown> => {
    const { code, stdout, stderr } = await run(...args, '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return JSON.parse(stdout);
  };
  const phase = async (): Promise<unknown> => {
    const [server] = (await asJson('ls')) as { phase?: string }[];
    return server?.phase;
  };
  const online = async (): Promise<boolean> => {
    const { cluster } = (await asJson('status')) as { cluster: { phase: string } };
    return cluster.phase === 'online';
  };
  await waitUntil(online, { what: 'the cluster to be online', timeoutMs: 30_000, intervalMs: 200 });

  const launched = await run('launch', 'echo', '--name', 'cli-test', '--env', 'GREETING=hello', '--port', '8080:http');
  expect(launched).toMatchObject({ code: 0 });
  expect(launched.stderr).toContain('Running');
  const url = launched.stdout.trim();
  const id = new URL(url).hostname.replace('.localhost', '');
  expect(id).toMatch(/^cli-test-[0-9a-f]{5}$/);

  expect((await run('ls')).stdout).toMatch(new RegExp(`^NAME.*\n${id}\\s+Running`));
  const opened = (await asJson('open', 'cli')) as { id: string; url: string };
  expect(opened.id).toBe(id);
  expect(opened.url.replace(/[\w-]{43}$/, '…')).toBe(`${url}?guildnet-ticket=…`);
  expect(await asJson('open')).toMatchObject({ url: expect.stringContaining('/sign-in?code=') as string });
  expect(await run('env', id, 'GREETING')).toMatchObject({ code: 0, stdout: 'hello\n' });
  expect((await run('logs', 'cli')).stdout).toContain('listening on :8080');
  const [line] = (await run('logs', id, '--tail', '1', '--json')).stdout.trimEnd().split('\n');
  expect(logLineSchema.parse(JSON.parse(line ?? ''))).toMatchObject({ lvl: 'info' });
  await using following = startGuildnet(host.home, 'logs', id, '--follow');
  await following.said('listening on :8080');
  following.child.kill('SIGINT');
  expect(await following.ended()).toEqual({ code: 130, stderr: '' });
  expect(await run('open', 'nothing')).toMatchObject({ code: 1, stdout: '' });

  await asJson('stop', id);
  await waitUntil(async () => (await phase()) === 'Stopped', { what: `${id} to stop`, timeoutMs: 60_000 });
  expect((await run('open', id)).stderr).toContain(`guildnet start ${id}`);
  expect(await asJson('start', id)).toMatchObject({ id, phase: 'Running' });

  const refused = await run('rm', id);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('--yes');
  expect(await asJson('rm', id, '--yes')).toEqual([{ deleted: id }]);
  await waitUntil(async () => (await phase()) === undefined, { what: `${id} to be gone`, timeoutMs: 60_000 });
});

namespaceTest('homes on the command line: kept, restored, and deleted for good', async ({ namespace }) => {
  await using host = await startHeadlessHost({
    kubeconfigPath: inject('kubeconfigPath'),
    namespace: namespace.name,
    presets: [{ label: 'Shell', image: localImages.echo, home: { mountPath: '/home/workspace' } }],
  });
  const run = (...args: string[]) => guildnet(host.home, ...args);
  const asJson = async (...args: string[]): Promise<unknown> => {
    const { code, stdout, stderr } = await run(...args, '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return JSON.parse(stdout);
  };
  const homes = async (): Promise<{ id: string; state: string }[]> =>
    (await asJson('homes')) as { id: string; state: string }[];
  const online = async (): Promise<boolean> => (await run('status')).stdout.includes('online');
  await waitUntil(online, { what: 'the cluster to be online', timeoutMs: 30_000, intervalMs: 200 });
  expect((await run('homes')).stderr).toContain('There are no homes');

  const launched = await run('launch', 'shell', '--name', 'kept', '--home-size', '100Mi');
  expect(launched).toMatchObject({ code: 0 });
  const id = new URL(launched.stdout.trim()).hostname.replace('.localhost', '');
  expect(await homes()).toMatchObject([{ id, state: 'used' }]);
  expect((await run('restart', id)).stdout.trim()).toBe(`${id} restarts`);

  expect((await run('rm', id, '--yes')).stdout).toMatch(
    new RegExp(`^${id} deleted; its home is kept until .*restore ${id}`),
  );
  await waitUntil(async () => (await homes())[0]?.state === 'kept', { what: 'the home to be kept', timeoutMs: 60_000 });
  const used = await run('restore', id);
  expect(used).toMatchObject({ code: 0 });
  expect(used.stderr).toContain('Running');
  expect(await homes()).toMatchObject([{ id, state: 'used' }]);

  expect(await run('homes', 'rm', id, '--yes')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(id) as string,
  });
  expect(await run('rm', id, '--purge-home', '--yes')).toMatchObject({ code: 0 });
  await waitUntil(async () => (await homes()).length === 0, { what: 'the home to be gone', timeoutMs: 60_000 });
});

namespaceTest('an image that cannot be pulled fails the launch with reason and remedy', async ({ namespace }) => {
  await using host = await startHeadlessHost({
    kubeconfigPath: inject('kubeconfigPath'),
    namespace: namespace.name,
  });
  const online = async (): Promise<boolean> => (await guildnet(host.home, 'status')).stdout.includes('online');
  await waitUntil(online, { what: 'the cluster to be online', timeoutMs: 30_000, intervalMs: 200 });
  const { code, stdout, stderr } = await guildnet(host.home, 'launch', 'guildnet.local/no-such-image:1');
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^error: no-such-image-[0-9a-f]{5} does not start \(/m);
  expect(stderr).toContain('guildnet rm no-such-image-');
});
