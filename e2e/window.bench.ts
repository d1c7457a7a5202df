import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { z } from 'zod';
import { connectHost, readToken } from '#cli/client/host-client.ts';
import { findRunningHost } from '#host/host-file.ts';
import { localImages } from '#local-cluster/images.ts';
import { createWorkspace } from '#test/create-workspace.ts';
import { startHeadlessHost } from '#test/headless-host.ts';
import type { TestNamespace } from '#test/create-namespace.ts';
import { load } from '../bench/proxy/load.ts';
import type { Contender } from '../bench/proxy/load.ts';
import { runningAt } from '../bench/launch/by-guildnet.ts';
import { onlineCluster } from '../bench/launch/online-cluster.ts';
import { quantile } from '../bench/tailnet/quantile.ts';
import { conditions, measures } from '../bench/window/figures.ts';
import type { Condition, Stretch } from '../bench/window/figures.ts';
import { testKubeconfig, testNamespace } from './fixtures/cluster.ts';
import { startDesktop } from './fixtures/desktop.ts';
import type { Desktop } from './fixtures/desktop.ts';
import { openCrowd } from './fixtures/crowd.ts';
import type { Crowd } from './fixtures/crowd.ts';
import { watchLoop, watchWindow } from './fixtures/pace.ts';

const count = z.coerce.number();
const options = z
  .object({ workspaces: count, rounds: count, seconds: count, program: z.string(), output: z.string() })
  .parse(JSON.parse(process.env['GUILDNET_BENCH'] ?? 'null'));
const id = 'carrier';
const large = 200_000_000;

test('the window while much passes the proxy and all workspaces change', async () => {
  await using namespace = await testNamespace();
  await using desktop = await startDesktop({ kubeconfigPath: testKubeconfig(), namespace: namespace.name });
  using crowd = await openCrowd(namespace);
  await crowd.make(options.workspaces);
  await createWorkspace(namespace, id, { image: localImages.echo, ports: [{ containerPort: 8080 }] });
  const own = await asContender('desktop', `https://localhost:${String(desktop.port)}`, desktop.home);
  await expect(desktop.window.getByText(`${(options.workspaces + 1).toLocaleString('en-US')} workspaces`)).toBeVisible({
    timeout: 300_000,
  });
  const seen: Stretch[] = [];
  for (let round = 0; round < options.rounds; round += 1) {
    for (const condition of conditions) {
      await test.step(`${condition}, round ${String(round + 1)}`, async () => {
        const found = await stretch(condition, { desktop, crowd, own, namespace });
        seen.push(found);
        process.stdout.write(`${JSON.stringify(found)}\n`);
        // A run that is cut short has told what it found.
        await writeFile(options.output, JSON.stringify(seen));
      });
    }
  }
});

interface Ground {
  desktop: Desktop;
  crowd: Crowd;
  own: Contender;
  namespace: TestNamespace;
}

/** Scrolls for so many seconds while what the condition says happens. */
async function stretch(condition: Condition, { desktop, crowd, own, namespace }: Ground): Promise<Stretch> {
  await using owned = new AsyncDisposableStack();
  const beside = async (): Promise<Contender> => {
    const host = owned.use(await startHeadlessHost({ kubeconfigPath: testKubeconfig(), namespace: namespace.name }));
    return asContender('beside', host.url, host.home);
  };
  const way = { quiet: undefined, resync: undefined, beside, proxy: () => own, both: () => own }[condition];
  const contender = await way?.();
  // What the last one left is over, and code that is used for the first time is compiled.
  if (contender !== undefined)
    await load(options.program, contender, { path: `/bytes/${large}`, connections: 1, seconds: 1 });
  await delay(2_000);

  const loop = await watchLoop(desktop.app);
  const window = await watchWindow(desktop.window);
  const ending = new AbortController();
  const reconciles = crowd.timeReconciles(ending.signal);
  const changing = condition === 'resync' || condition === 'both' ? crowd.touchAll() : undefined;
  const loading =
    contender === undefined
      ? undefined
      : load(options.program, contender, { path: `/bytes/${large}`, connections: 1, seconds: options.seconds });
  const inputs = await scroll(desktop, options.seconds);
  const passed = await loading;
  const [frames, late] = await Promise.all([window.stop(), loop.stop()]);
  ending.abort();
  const values = { frames, inputs, loop: late, reconciles: await reconciles };
  await changing;
  return {
    condition,
    figures: Object.fromEntries(measures.map(([name, of, share]) => [name, quantile(values[of], share)])),
    bytes: passed?.Bytes ?? 0,
    seconds: passed?.Seconds ?? options.seconds,
  };
}

/** Turns the wheel over the list twenty times a second, down and up; resolves with how long each turn was on its way, in ms. */
async function scroll({ window }: Desktop, seconds: number): Promise<number[]> {
  const list = window.getByRole('list', { name: 'Workspaces' });
  await list.getByRole('listitem').first().hover();
  const took: number[] = [];
  const until = performance.now() + seconds * 1_000;
  for (let turn = 0; performance.now() < until; turn += 1) {
    const began = performance.now();
    await window.mouse.wheel(0, turn % 80 < 40 ? 300 : -300);
    took.push(performance.now() - began);
    // So often does a hand turn it; waiting for less would measure how soon the next one may be sent.
    await delay(Math.max(0, 50 - (performance.now() - began)));
  }
  return took;
}

async function asContender(name: string, url: string, home: string): Promise<Contender> {
  const { caFile } = (await findRunningHost(home)) ?? { caFile: '' };
  const tokenFile = join(home, 'state', 'token');
  const connection = await connectHost({ url, caFile, tokenFile });
  await onlineCluster(connection.client);
  const shown = await runningAt(connection, id);
  return {
    name,
    url: shown,
    address: `127.0.0.1:${new URL(url).port}`,
    ca: await readFile(caFile, 'utf8'),
    headers: { 'proxy-authorization': `Bearer ${await readToken(tokenFile)}` },
    pids: [],
  };
}
