import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { stringify } from 'yaml';
import { ensureProvisions } from './ensure-provisions.ts';
import { localImages } from './images.ts';
import { createLocalCluster, type LocalCluster, type LocalClusterOptions } from './local-cluster.ts';
import { nodeInitName } from './node/namespaces.ts';
import { processRecords } from './process/process-record.ts';
import { defaultPaths, statePaths } from './paths.ts';
import { runCommand } from './run-command.ts';
import { waitUntil } from './wait-until.ts';

// A node-level cluster of its own, beside the one that the other cluster tests run on.
const name = 'test-node';
const cacheDir = defaultPaths(process.env).cache;
const recipeDir = fileURLToPath(new URL('recipe', import.meta.url));

let options: LocalClusterOptions;
let cluster: LocalCluster;
let kubectlProgram: string;

beforeAll(async () => {
  const stateDir = await mkdtemp(join(tmpdir(), 'guildnet-node-'));
  options = { name, level: 'node', stateDir, cacheDir, recipeDir, images: ['echo', 'shell'] };
  cluster = createLocalCluster(options);
  await cluster.up();
  const { programs } = await ensureProvisions('control-plane', [], { cacheDir, recipeDir, report: () => undefined });
  kubectlProgram = join(programs.kubernetes, 'kubectl');
});
afterAll(async () => {
  await cluster.reset();
});

function kubectl(
  args: readonly string[],
  input?: string,
  kubeconfig = join(options.stateDir, 'kubeconfig'),
): Promise<string> {
  return runCommand(kubectlProgram, ['--kubeconfig', kubeconfig, ...args], input === undefined ? {} : { input });
}

interface PodOptions {
  args?: string[];
  env?: { name: string; value: string }[];
  volume?: Record<string, unknown>;
  fsGroup?: number;
}

/** A pod as strict as the "restricted" Pod Security Standard wants it, running as the image's own user. */
function pod(podName: string, image: string, more: PodOptions = {}): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: podName },
    spec: {
      terminationGracePeriodSeconds: 0,
      securityContext: {
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
        ...(more.fsGroup === undefined ? {} : { fsGroup: more.fsGroup }),
      },
      containers: [
        {
          name: 'main',
          image,
          imagePullPolicy: 'Never',
          ...(more.args === undefined ? {} : { args: more.args }),
          ...(more.env === undefined ? {} : { env: more.env }),
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
          ...(image === localImages.shell
            ? {}
            : { readinessProbe: { httpGet: { path: '/healthz', port: 8080 }, periodSeconds: 1 } }),
          ...(more.volume === undefined ? {} : { volumeMounts: [{ name: 'volume', mountPath: '/home/coder' }] }),
        },
      ],
      ...(more.volume === undefined ? {} : { volumes: [{ name: 'volume', ...more.volume }] }),
    },
  });
}

/** What a pod answers on its port 8080 through `kubectl port-forward`. */
async function throughPortForward(podName: string, path: string): Promise<string> {
  const args = ['--kubeconfig', join(options.stateDir, 'kubeconfig'), 'port-forward', `pod/${podName}`, ':8080'];
  const forward = spawn(kubectlProgram, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    for await (const line of createInterface({ input: forward.stdout })) {
      const port = /^Forwarding from 127\.0\.0\.1:(\d+)/.exec(line)?.[1];
      if (port !== undefined) return await (await fetch(`http://127.0.0.1:${port}${path}`)).text();
    }
    throw new Error('kubectl forwards nothing');
  } finally {
    forward.kill();
  }
}

const ready = (podName: string): string[] => ['wait', `pod/${podName}`, '--for=condition=Ready', '--timeout=60s'];
const stay = ['-c', 'trap exit TERM; while :; do sleep 0.1; done'];

describe('the local cluster at level node', () => {
  it('has a Ready node and every component', async () => {
    expect(await kubectl(['get', 'nodes', '--no-headers'])).toMatch(/^guildnet-test-node\s+Ready\s.*v1\.37/);
    const status = await cluster.status();
    expect(status.phase).toBe('running');
    expect(status.components).toHaveLength(10);
    expect((await cluster.up()).started).toBe(false);
  });

  it('runs pods that find Services by name, and kubectl reaches them', async () => {
    await kubectl(['apply', '-f', '-'], pod('echo', localImages.echo));
    await kubectl(['expose', 'pod', 'echo', '--port=80', '--target-port=8080', '--selector=run=echo'], undefined);
    await kubectl(['label', 'pod', 'echo', 'run=echo']);
    await kubectl(['apply', '-f', '-'], pod('shell', localImages.shell, { args: stay }));
    await kubectl(ready('echo'));
    await kubectl(ready('shell'));
    expect(await kubectl(['exec', 'shell', '--', 'id', '-u'])).toBe('1000\n');
    const body = await waitUntil(
      () =>
        kubectl(['exec', 'shell', '--', 'wget', '-qO-', 'http://echo.default.svc.cluster.local//a%2Fb?q=1']).catch(
          () => undefined,
        ),
      { what: 'the Service', timeoutMs: 30_000, intervalMs: 200 },
    );
    expect(JSON.parse(body)).toMatchObject({ method: 'GET', url: '//a%2Fb?q=1' });
    expect(await kubectl(['logs', 'echo'])).toContain('as uid 1000');
    const dns = await kubectl(['exec', 'shell', '--', 'nslookup', 'kubernetes.default.svc.cluster.local']);
    expect(dns).toContain('10.96.0.1');
    expect(await throughPortForward('echo', '/through?x')).toContain('"url":"/through?x"');
  });

  it('gives volumes whose files belong to the pod’s group', async () => {
    const claim = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'home' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    };
    await kubectl(['apply', '-f', '-'], stringify(claim));
    const volume = { persistentVolumeClaim: { claimName: 'home' } };
    const manifest = pod('keeper', localImages.shell, { args: stay, volume, fsGroup: 4321 });
    await kubectl(['apply', '-f', '-'], manifest);
    await kubectl(ready('keeper'));
    await kubectl(['exec', 'keeper', '--', 'sh', '-c', 'echo kept > /home/coder/file']);
    expect(await kubectl(['exec', 'keeper', '--', 'stat', '-c', '%u %g', '/home/coder/file'])).toBe('1000 4321\n');
  });

  it('is back with all its data after its first process was killed', async () => {
    const init = await processRecords(statePaths(options.stateDir).processes).read(nodeInitName);
    if (init === undefined) throw new Error('no first process');
    process.kill(init.pid, 'SIGKILL');
    await waitUntil(async () => (await cluster.status()).phase === 'stopped', {
      what: 'the end of the node',
      timeoutMs: 10_000,
    });
    expect((await cluster.up()).started).toBe(true);
    const kept = await waitUntil(
      () => kubectl(['exec', 'keeper', '--', 'cat', '/home/coder/file']).catch(() => undefined),
      { what: 'the pod to run again', timeoutMs: 60_000, intervalMs: 200 },
    );
    expect(kept).toBe('kept\n');
  });

  it('heals a component that was killed', async () => {
    await cluster.killComponent('containerd');
    expect((await cluster.status()).phase).toBe('degraded');
    await cluster.startComponent('containerd');
    await cluster.killComponent('kubelet');
    expect((await cluster.up()).started).toBe(true);
    // The kubelet works before it has heard of all its pods.
    const user = await waitUntil(() => kubectl(['exec', 'keeper', '--', 'id', '-u']).catch(() => undefined), {
      what: 'the kubelet to know its pods',
      timeoutMs: 30_000,
      intervalMs: 100,
    });
    expect(user).toBe('1000\n');
  });

  it('leaves nothing on the machine when it goes down', async () => {
    await cluster.down();
    expect(await traces()).toEqual({ processes: [], mounts: [], interfaces: [], rules: [], cgroups: [] });
    expect((await cluster.status()).phase).toBe('stopped');
    await cluster.down();
  });

  it('leaves a cluster of its name in another folder alone, though that has taken its addresses', async () => {
    const twinDir = await mkdtemp(join(tmpdir(), 'guildnet-twin-'));
    const twin = createLocalCluster({ ...options, stateDir: twinDir });
    const nodes = (folder: string): Promise<string> =>
      kubectl(['get', 'nodes', '--output', 'name'], undefined, join(folder, 'kubeconfig'));
    try {
      const other = await twin.up();
      const { server } = await cluster.up();
      expect(server).not.toBe(other.server);
      for (const folder of [twinDir, options.stateDir]) expect(await nodes(folder)).toBe(`node/guildnet-${name}\n`);
      await cluster.down();
      expect(await nodes(twinDir)).toBe(`node/guildnet-${name}\n`);
    } finally {
      await twin.reset();
      await rm(twinDir, { recursive: true, force: true });
    }
  });

  async function traces(): Promise<Record<string, string[]>> {
    const pids = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry));
    const commands = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
    const { subnet } = JSON.parse(await readFile(join(options.stateDir, 'cluster.json'), 'utf8'));
    const rules = await Promise.all(
      ['nat', 'filter'].map((table) => runCommand('iptables', ['-w', '-t', table, '-S'])),
    );
    const hierarchies = await readdir('/sys/fs/cgroup');
    const groups = await Promise.all(
      ['.', ...hierarchies].map((folder) => readdir(join('/sys/fs/cgroup', folder)).catch(() => [])),
    );
    return {
      processes: commands.filter((line) => line.includes(options.stateDir)),
      mounts: (await readFile('/proc/self/mountinfo', 'utf8'))
        .split('\n')
        .filter((line) => line.includes(options.stateDir)),
      interfaces: Object.keys(networkInterfaces()).filter((one) => one === `guildnet${subnet}`),
      rules: rules.flatMap((text) => text.split('\n')).filter((line) => line.includes(`guildnet:${name}-`)),
      cgroups: groups.flat().filter((folder) => folder.startsWith(`guildnet-${name}-`)),
    };
  }
});

describe('the code-server image', () => {
  const shared = inject('kubeconfigPath');
  const space = `code-server-${process.pid}`;
  const on = (args: readonly string[], input?: string): Promise<string> =>
    kubectl(['--namespace', space, ...args], input, shared);
  beforeAll(async () => {
    await kubectl(['create', 'namespace', space], undefined, shared);
    await kubectl(['label', 'namespace', space, 'pod-security.kubernetes.io/enforce=restricted'], undefined, shared);
  });
  afterAll(async () => {
    await kubectl(['delete', 'namespace', space, '--wait=false'], undefined, shared);
  });

  it('serves its page as user 1000 with an empty home, and keeps the user’s own settings', async () => {
    await on(['apply', '-f', '-'], pod('ide', localImages.codeServer, { volume: { emptyDir: {} }, fsGroup: 1000 }));
    await on(ready('ide'));
    expect(await on(['exec', 'ide', '--', 'id', '-u'])).toBe('1000\n');
    expect(await on(['exec', 'ide', '--', 'curl', '-sL', 'http://localhost:8080/'])).toContain(
      'vscode-workbench-web-configuration',
    );
    const settings = '/home/coder/.local/share/code-server/User/settings.json';
    expect(JSON.parse(await on(['exec', 'ide', '--', 'cat', settings]))).toMatchObject({
      'chat.disableAIFeatures': true,
    });
    await on(['exec', 'ide', '--', 'sh', '-c', `echo '{}' > ${settings}; kill 1`]);
    await waitUntil(
      async () =>
        (await on(['get', 'pod', 'ide', '-o', 'jsonpath={.status.containerStatuses[0].restartCount}'])) === '1',
      {
        what: 'the container to start again',
        timeoutMs: 60_000,
        intervalMs: 200,
      },
    );
    await on(ready('ide'));
    expect(await on(['exec', 'ide', '--', 'cat', settings])).toBe('{}\n');
  });

  it('asks for a password when told to', async () => {
    const env = [
      { name: 'GUILDNET_CODE_SERVER_AUTH', value: 'password' },
      { name: 'PASSWORD', value: 'test' },
    ];
    await on(['apply', '-f', '-'], pod('locked', localImages.codeServer, { env }));
    await on(ready('locked'));
    const ask = ['curl', '-s', '-o', '/dev/null', '-w', '%{redirect_url}', 'http://localhost:8080/'];
    expect(await on(['exec', 'locked', '--', ...ask])).toContain('/login');
  });
});
