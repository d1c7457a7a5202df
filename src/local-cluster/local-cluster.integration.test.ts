import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseRecord } from './choose-record.ts';
import { createLocalCluster, type LocalCluster, type LocalClusterOptions } from './local-cluster.ts';
import { defaultPaths } from './paths.ts';

/** Command lines of all processes that mention `text`. */
async function commandLinesWith(text: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
  return lines.filter((line) => line.includes(text));
}

describe('the local cluster at level control-plane', () => {
  let options: LocalClusterOptions;
  let cluster: LocalCluster;
  beforeAll(async () => {
    options = {
      name: 'test-lifecycle',
      level: 'control-plane',
      stateDir: await mkdtemp(join(tmpdir(), 'guildnet-cluster-')),
      cacheDir: defaultPaths(process.env).cache,
      recipeDir: fileURLToPath(new URL('recipe', import.meta.url)),
    };
    cluster = createLocalCluster(options);
  });
  afterAll(async () => {
    await cluster.reset();
    await rm(options.stateDir, { recursive: true, force: true });
  });

  it('is absent at first, and says so', async () => {
    expect(await cluster.status()).toEqual({ name: 'test-lifecycle', phase: 'absent', components: [] });
    await expect(cluster.kubeconfig()).rejects.toMatchObject({ code: 'no_cluster' });
    await cluster.down();
  });

  it('comes up once, whoever else asks at the same time', async () => {
    const waited: string[] = [];
    const report = ({ step }: { step: string }): number => waited.push(step);
    const [first, second] = await Promise.all([cluster.up({ report }), createLocalCluster(options).up({ report })]);
    expect(first.started).not.toBe(second.started);
    expect(waited).toContain('Waiting for another guildnet to finish');
    expect(await cluster.kubeconfig()).toContain(`server: ${first.server}\n`);
    const status = await cluster.status();
    expect(status.phase).toBe('running');
    expect(status.components.map(({ name }) => name)).toEqual(['etcd', 'kube-apiserver', 'kube-controller-manager']);
  });

  it('outlives the process that brought it up', async () => {
    await cluster.down();
    const script = `
      const { createLocalCluster } = await import(${JSON.stringify(new URL('./local-cluster.ts', import.meta.url).href)});
      await createLocalCluster(${JSON.stringify(options)}).up();`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' });
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect((await cluster.status()).phase).toBe('running');
    expect((await cluster.up()).started).toBe(false);
  });

  it('heals what was killed and keeps its address', async () => {
    const { server } = await cluster.up();
    await cluster.killComponent('kube-apiserver');
    await cluster.killComponent('etcd');
    expect((await cluster.status()).phase).toBe('degraded');
    expect(await cluster.up()).toMatchObject({ started: true, server });
    await cluster.killComponent('kube-controller-manager');
    await cluster.startComponent('kube-controller-manager');
    expect((await cluster.status()).phase).toBe('running');
  });

  it('cannot be had at another level, nor load images', async () => {
    const other = chooseRecord(
      { name: options.name, machineName: options.name },
      'node',
      { name: options.name, level: 'control-plane', ports: noPorts },
      false,
    );
    await expect(other).rejects.toMatchObject({ code: 'conflict' });
    await expect(cluster.loadImage('/dev/null')).rejects.toMatchObject({ code: 'no_cluster' });
  });

  it('leaves no process when it goes down, and comes up with what it held', async () => {
    const { server } = await cluster.up();
    await cluster.down();
    expect(await commandLinesWith(options.stateDir)).toEqual([]);
    expect((await cluster.status()).phase).toBe('stopped');
    await cluster.down();
    expect(await cluster.up()).toMatchObject({ started: true, server });
  });
});

const noPorts = { etcd: 0, etcdPeer: 0, apiServer: 0, controllerManager: 0 };
