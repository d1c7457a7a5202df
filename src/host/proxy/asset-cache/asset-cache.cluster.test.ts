import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { HostStatus } from '#contract/host-status.ts';
import type { Server } from '#contract/server.ts';
import { localImages } from '#local-cluster/images.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { createNamespace } from '#test/create-namespace.ts';
import type { TestNamespace } from '#test/create-namespace.ts';
import { createWorkspace } from '#test/create-workspace.ts';
import { startHost } from '#test/host/started-host.ts';
import type { Answer, StartedHost } from '#test/host/started-host.ts';

// A real code-server, its real assets, and a workspace of the same image whose owner has put another program in its place.

const patience = { timeoutMs: 100_000 };
const page = '/?folder=/home/coder';
/** Answers whatever is asked with the same script, and calls it an asset for good. */
const impostor = `require('http').createServer((q,r)=>{r.setHeader('Cache-Control','public, max-age=31536000, immutable');r.end('/* evil */'+'x'.repeat(200000))}).listen(8080)`;

let namespace: TestNamespace & AsyncDisposable;
let started: StartedHost;

async function launch(): Promise<string> {
  const answer = await started.ask('/api/jobs', { method: 'POST', body: { image: localImages.codeServer } });
  return (answer.json() as { id: string }).id;
}
async function runs(id: string): Promise<void> {
  const isRunning = async () => ((await started.ask(`/api/servers/${id}`)).json() as Server).status === 'running';
  await waitUntil(isRunning, { what: `${id} to run`, ...patience });
}
const status = (): Promise<HostStatus> => started.host.client.host.status();
const get = (id: string, path: string, headers: Record<string, string> = {}): Promise<Answer> =>
  started.ask(`https://${id}.localhost${path}`, { headers: { 'accept-encoding': 'gzip', ...headers } });

/** Bytes that have come from pods so far, by whatever connection. */
async function received(): Promise<number> {
  const { connections } = await status();
  const fromPods = (connections?.totals ?? []).filter(({ what }) => what === 'tunnels' || what === 'terminals');
  return fromPods.reduce((sum, { bytes_in }) => sum + bytes_in, 0);
}

/** The scripts and styles of the workbench's page. */
async function assetsOf(id: string): Promise<string[]> {
  const { text } = await started.ask(`https://${id}.localhost${page}`);
  const found = [...text.matchAll(/(?:src|href)="([^"]+\.(?:js|css))"/g)].map(([, address = '']) => address);
  return [...new Set(found.map((address) => new URL(address, `https://x${page}`).pathname))];
}

/** Gets all of them; how many bytes came from pods for that, and what they are. */
async function fetchAll(id: string, paths: readonly string[]): Promise<{ bytes: number; answers: Answer[] }> {
  const before = await received();
  const answers = await Promise.all(paths.map((path) => get(id, path)));
  return { bytes: (await received()) - before, answers };
}

beforeAll(async () => {
  namespace = await createNamespace(inject('kubeconfigPath'));
  started = await startHost({ kubeconfigPath: namespace.kubeconfigPath, namespace: namespace.name });
  await started.reached('online');
});
afterAll(async () => {
  await started[Symbol.asyncDispose]();
  await namespace[Symbol.asyncDispose]();
});

test('the assets of a second workspace of the same image do not come through a tunnel, and never from one whose program is another', async () => {
  const [one, two] = await Promise.all([launch(), launch()]);
  await createWorkspace(namespace, 'impostor', {
    image: localImages.codeServer,
    command: ['/opt/node/bin/node', '-e'],
    args: [impostor],
    ports: [{ containerPort: 8080 }],
  });
  await Promise.all([one, two, 'impostor'].map(runs));
  const paths = await assetsOf(one);
  const script = paths.find((path) => path.endsWith('/workbench.js')) ?? '';
  expect(script).toContain('/static/');

  // The impostor is first: what it says is kept, for itself.
  const evil = await get('impostor', script);
  expect(evil.text).toContain('evil');
  await waitUntil(async () => (await status()).assets.kept === 1, { what: 'it to be kept', ...patience });
  expect((await get('impostor', script)).headers['cache-status']).toBe('guildnet; hit');

  const first = await fetchAll(one, paths);
  expect(first.answers.map((answer) => answer.status)).toEqual(paths.map(() => 200));
  expect(first.bytes).toBeGreaterThan(4_000_000);
  const kept = (): Promise<boolean> => status().then(({ assets }) => assets.kept >= paths.length + 1);
  await waitUntil(kept, { what: 'all to be kept', ...patience });

  const again = await fetchAll(one, paths);
  expect(again.answers.map((answer) => answer.headers['cache-status'])).toEqual(paths.map(() => 'guildnet; hit'));
  expect(again.bytes).toBeLessThan(first.bytes / 100);

  const second = await fetchAll(two, paths);
  expect(second.answers.map(({ text }) => text)).toEqual(first.answers.map(({ text }) => text));
  const large = second.answers.filter(({ text }) => text.length > 64 * 1024);
  expect(large.map((answer) => answer.headers['cache-status'])).toEqual(large.map(() => 'guildnet; hit'));
  expect(second.bytes).toBeLessThan(first.bytes / 20);
  expect((await status()).assets).toMatchObject({ state: 'on', adopted: large.length });

  // Nor does the impostor get what others have under an address that it has not been asked for.
  const style = paths.find((path) => path.endsWith('.css')) ?? '';
  expect((await get('impostor', style)).text).toContain('evil');
  expect((await get(two, script)).text).toBe(first.answers[paths.indexOf(script)]?.text);

  process.stdout.write(
    `bytes from pods: ${String(first.bytes)}, again ${String(again.bytes)}, second ${String(second.bytes)}\n`,
  );
});

test('who asks for it anew, or may not come in, gets nothing that is kept', async () => {
  await runs('impostor');
  expect((await get('impostor', '/x.js')).headers['cache-status']).toBeUndefined();
  await waitUntil(async () => (await get('impostor', '/x.js')).headers['cache-status'] !== undefined, {
    what: 'it to be kept',
    ...patience,
  });
  expect((await get('impostor', '/x.js', { 'cache-control': 'no-cache' })).headers['cache-status']).toBeUndefined();
  expect((await get('impostor', '/x.js', { range: 'bytes=0-1' })).headers['cache-status']).toBeUndefined();
  expect((await get('impostor', '/x.js', { authorization: 'Basic eA==' })).headers['cache-status']).toBeUndefined();
  const stranger = await started.ask('https://impostor.localhost/x.js', { as: 'nobody' });
  expect([stranger.status >= 400, stranger.headers['cache-status']]).toEqual([true, undefined]);
  const metrics = (await started.ask('/metrics')).text;
  expect(metrics).toMatch(/guildnet_asset_cache_hits_total [1-9]/);
});
