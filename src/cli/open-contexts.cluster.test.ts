import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject } from 'vitest';
import { kubeContextsSchema } from '#contract/contexts.ts';
import { forwardSchema } from '#contract/forwards.ts';
import { localImages } from '#local-cluster/images.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { createNamespace } from '#test/create-namespace.ts';
import { createWorkspace } from '#test/create-workspace.ts';
import { guildnet } from '#test/guildnet.ts';
import { startHeadlessHost } from '#test/headless-host.ts';
import type { HeadlessHost } from '#test/headless-host.ts';
import { contextsKubeconfig } from '#test/host/contexts-kubeconfig.ts';
import { namespaceTest } from '#test/namespace.ts';

/** What a program is told on a workspace's own origin. */
async function page({ url, caFile, tokenFile = '' }: HeadlessHost, name: string): Promise<string> {
  const { port } = new URL(url);
  const [ca, token] = await Promise.all([readFile(caFile, 'utf8'), readFile(tokenFile, 'utf8')]);
  const host = `${name}.localhost`;
  const headers = { host: `${host}:${port}`, 'proxy-authorization': `Bearer ${token.trim()}` };
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, servername: host, ca, headers, path: '/', agent: false }, (answer) => {
      text(answer).then(resolve, reject);
    })
      .on('error', reject)
      .end();
  });
}

/** Says on every way which of the two it is. */
const box = (says: string) => ({
  image: localImages.shell,
  probe: { kind: 'none' } as const,
  command: [
    '/bin/sh',
    '-c',
    `mkdir -p /tmp/w && echo ${says} > /tmp/w/index.html && echo I am ${says} && exec httpd -f -p 8080 -h /tmp/w`,
  ],
});

namespaceTest(
  'the ways into a workspace lead to the one of that name in the context that is named',
  { timeout: 300_000 },
  async ({ namespace }) => {
    await using other = await createNamespace(inject('kubeconfigPath'));
    await using kubeconfig = await contextsKubeconfig([
      { name: 'one', like: inject('kubeconfigPath'), namespace: namespace.name },
      { name: 'two', like: inject('kubeconfigPath'), namespace: other.name },
      { name: 'dead' },
    ]);
    await using host = await startHeadlessHost({ kubeconfigPath: kubeconfig.path });
    const run = (...args: string[]) => guildnet(host.home, ...args);
    await waitUntil(async () => (await run('ls')).code === 0, { what: 'the host to be online', timeoutMs: 60_000 });
    const elsewhere = await run('ls', '--context', 'two');
    expect([elsewhere.code, elsewhere.stderr]).toEqual([1, expect.stringContaining('guildnet context open two')]);
    expect((await run('context', 'open', 'two')).stdout).toContain('<name>@two');
    expect((await run('contexts', 'open', 'dead')).code).toBe(0);
    await Promise.all([createWorkspace(namespace, 'box', box('one')), createWorkspace(other, 'box', box('two'))]);
    await waitUntil(
      async () => {
        const tried = await Promise.all([
          run('exec', 'box', '--', 'cat', '/tmp/w/index.html'),
          run('exec', 'box@two', '--', 'cat', '/tmp/w/index.html'),
        ]);
        return tried.every(({ code }) => code === 0);
      },
      { what: 'both to run', timeoutMs: 120_000 },
    );

    expect((await run('exec', 'box', '--', 'cat', '/tmp/w/index.html')).stdout).toBe('one\n');
    expect((await run('exec', 'box@two', '--', 'cat', '/tmp/w/index.html')).stdout).toBe('two\n');
    expect((await run('exec', '--context', 'two', 'box', '--', 'cat', '/tmp/w/index.html')).stdout).toBe('two\n');
    expect((await run('logs', 'box@two')).stdout).toContain('I am two');
    expect((await run('ls', '-o', 'name', '--context', 'two')).stdout).toBe('box@two\n');
    expect((await run('ls', '-o', 'name')).stdout.trimEnd().split('\n').toSorted()).toEqual(['box', 'box@two']);
    expect(await page(host, 'box')).toBe('one\n');
    expect(await page(host, 'box---two')).toBe('two\n');
    expect(await page(host, '8080--box---two')).toBe('two\n');
    const inPath = await run('debug', 'proxy', 'box@two', '--json');
    expect(JSON.parse(inPath.stdout)).toMatchObject({ target: { namespace: other.name } });

    const forwarded = await run('forward', 'box@two', '0:8080', '--json');
    expect({ code: forwarded.code, stderr: forwarded.stderr }).toEqual({ code: 0, stderr: '' });
    const [forward] = forwardSchema.array().parse(JSON.parse(forwarded.stdout));
    expect(forward?.workspace).toBe('box@two');
    expect(await (await fetch(`http://127.0.0.1:${String(forward?.local_port)}/`)).text()).toBe('two\n');

    const folder = await mkdtemp(join(tmpdir(), 'guildnet-copied-'));
    try {
      await writeFile(join(folder, 'there'), 'hello two');
      expect((await run('cp', join(folder, 'there'), 'box@two:/tmp/there')).code).toBe(0);
      expect((await run('cp', '--context', 'two', 'box:/tmp/there', join(folder, 'back'))).code).toBe(0);
      expect(await readFile(join(folder, 'back'), 'utf8')).toBe('hello two');
    } finally {
      await rm(folder, { recursive: true });
    }

    const { stdout } = await run('context', 'ls', '--json');
    const contexts = kubeContextsSchema.parse(JSON.parse(stdout));
    // Each with its own lease: this host leads in both.
    expect(contexts.find(({ name }) => name === 'two')?.open).toMatchObject({
      phase: 'online',
      namespace: other.name,
      leader: { self: true },
    });
    expect(contexts.find(({ name }) => name === 'dead')?.open).toMatchObject({ phase: 'offline' });
    expect(await run('stop-all', '--context', 'two', '--yes')).toMatchObject({ code: 1 });
    expect((await run('rm', '--context', 'two', 'box', '--yes')).stdout).toMatch(/^box@two deleted/);
    expect((await run('exec', 'box', '--', 'true')).code).toBe(0);
  },
);
