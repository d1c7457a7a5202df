import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { RbacAuthorizationV1Api } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createNamespace } from '#test/create-namespace.ts';
import type { CreatedNamespace } from '#test/create-namespace.ts';
import { askKubectl } from '#test/kubeconfigs/ask-kubectl.ts';
import { askOurselves } from '#test/kubeconfigs/ask-ourselves.ts';
import { readingCases, serverCases } from '#test/kubeconfigs/corpus.ts';
import type { Case, Facts } from '#test/kubeconfigs/corpus.ts';
import { pluginCases, userCases } from '#test/kubeconfigs/user-cases.ts';
import { proxyCases } from '#test/kubeconfigs/proxy-cases.ts';
import { startProxies } from '#test/kubeconfigs/test-proxies.ts';
import type { TestProxies } from '#test/kubeconfigs/test-proxies.ts';
import { testKubectl } from '#test/test-kubectl.ts';
import { createAuthority, openAuthority } from '../certs/authority.ts';

let namespace: CreatedNamespace;
let kubectl: string;
let facts: Facts;
let proxies: TestProxies;

beforeAll(async () => {
  kubectl = await testKubectl();
  namespace = await createNamespace(inject('kubeconfigPath'));
  const { kubeConfig } = namespace;
  const cluster = kubeConfig.getCurrentCluster();
  const admin = kubeConfig.getCurrentUser();
  const strange = await createAuthority();
  proxies = await startProxies(
    new URL(cluster?.server ?? ''),
    await openAuthority(strange).issue(['localhost', '127.0.0.1']),
  );
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  facts = {
    server: cluster?.server ?? '',
    ca: cluster?.caData ?? '',
    cert: admin?.certData ?? '',
    key: admin?.keyData ?? '',
    strange: { cert: base64(strange.cert), key: base64(strange.key) },
    token: await tokenOf('forwarder'),
    powerless: await tokenOf('nobody'),
    deadPort: await freePort(),
  };
  await namespace.kubeConfig.makeApiClient(RbacAuthorizationV1Api).createNamespacedRole({
    namespace: namespace.name,
    body: {
      metadata: { name: 'forwarder' },
      rules: [
        { apiGroups: [''], resources: ['pods'], verbs: ['watch'] },
        { apiGroups: [''], resources: ['pods/portforward'], verbs: ['get', 'create'] },
      ],
    },
  });
  await namespace.kubeConfig.makeApiClient(RbacAuthorizationV1Api).createNamespacedRoleBinding({
    namespace: namespace.name,
    body: {
      metadata: { name: 'forwarder' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'forwarder' },
      subjects: [{ kind: 'ServiceAccount', name: 'forwarder', namespace: namespace.name }],
    },
  });
});
afterAll(async () => {
  await proxies[Symbol.asyncDispose]();
  await namespace[Symbol.asyncDispose]();
});

async function tokenOf(name: string): Promise<string> {
  const { core, name: space } = namespace;
  await core.createNamespacedServiceAccount({ namespace: space, body: { metadata: { name } } });
  const body = { spec: { audiences: [] } };
  const { status } = await core.createNamespacedServiceAccountToken({ namespace: space, name, body });
  return status?.token ?? '';
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Lays the files of a case out in a folder of its own; the environment is all that the case needs of it. */
async function layOut({ files, list = '{FOLDER}/config', env = {} }: Case) {
  const folder = await mkdtemp(join(tmpdir(), 'guildnet-corpus-'));
  const named = (text: string): string =>
    text
      .replaceAll('{FOLDER}', folder)
      .replaceAll('{HERE}', relative(process.cwd(), folder))
      .replaceAll('{LINK}', join(folder, 'link'));
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, typeof content === 'string' ? named(content) : content, {
      mode: name.startsWith('bin/') ? 0o755 : 0o600,
    });
  }
  if (list.includes('{LINK}')) {
    await mkdir(join(folder, 'link'));
    await writeFile(join(folder, 'link', 'ca.crt'), await readFile(join(folder, 'ca.crt')));
    await symlink(join(folder, 'real', 'config'), join(folder, 'link', 'config'));
  }
  const all = { PATH: process.env['PATH'] ?? '', ...env, HOME: folder, KUBECONFIG: list };
  return {
    env: Object.fromEntries(Object.entries(all).map(([name, value]) => [name, named(value)])),
    /** What a credential program was told, run by run. */
    told: async (): Promise<unknown[]> => {
      const lines = (await readFile(join(folder, 'told'), 'utf8').catch(() => '')).split('\n').filter(Boolean);
      return lines.map((line) => JSON.parse(line) as unknown);
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

async function compare(one: Case): Promise<void> {
  await using laid = await layOut(one);
  const before = proxies.asked();
  const theirs = await askKubectl(kubectl, laid.env, namespace.name);
  const between = proxies.asked();
  const toldTheirs = await laid.told();
  const { answer: ours, ways } = await askOurselves(laid.env, namespace.name);
  const toldOurs = (await laid.told()).slice(toldTheirs.length);
  const { differs } = one;
  if (differs === undefined) {
    const { said: _theirs, ...wanted } = { said: '', ...theirs };
    expect(
      { said: '', ...ours },
      `kubectl: ${'said' in theirs ? theirs.said : 'ok'}\nours: ${'said' in ours ? ours.said : 'ok'}`,
    ).toMatchObject(wanted);
  } else {
    expect([theirs.kind, ours.kind], differs.why).toEqual([differs.kubectl ?? expect.any(String), differs.ours]);
  }
  if ('said' in ours) {
    expect(ours.said).not.toContain('no remedy');
    const secrets = [facts.token, facts.powerless, facts.key, facts.strange.key, 's3cret'];
    for (const secret of secrets) expect(ours.said).not.toContain(secret);
  } else {
    // Whoever may forward ports learns that there is no such pod; nobody else is told.
    const tunnel = ours.allowed ? 'gone' : 'denied';
    expect(ways).toEqual({ watch: ours.allowed ? 200 : 403, tunnels: [tunnel, tunnel] });
  }
  // kubectl asks twice, by two processes; we ask for all of it once.
  if (one.what.includes('proxy')) expect(proxies.asked() > between, 'goes through a proxy').toBe(between > before);
  if (toldOurs.length > 0) expect(toldOurs).toEqual(toldTheirs.slice(0, 1));
}

/** The facts are known when the tests run, and what there is has to be known before. */
const unknown: Facts = {
  server: 'https://127.0.0.1:1',
  ca: '',
  cert: '',
  key: '',
  strange: { cert: '', key: '' },
  token: '',
  powerless: '',
  deadPort: 1,
};

const noProxies = { http: '', guarded: '', https: '', socks: '', refusing: '' };

// One after the other: how often the proxies were asked is to be known of each.
describe('a kubeconfig that leads through a proxy, as kubectl has it', () => {
  test.each(proxyCases(unknown, noProxies).map(({ what }, index) => [what, index] as const))(
    '%s',
    async (_what, index) => {
      const one = proxyCases(facts, proxies)[index];
      if (one === undefined) throw new Error('the corpus has changed under our feet');
      await compare(one);
    },
  );
});

describe.each([
  ['is read', readingCases],
  ['leads to a server', serverCases],
  ['says who one is', userCases],
  ['names a program', pluginCases],
] as const)('a kubeconfig that %s, as kubectl has it', (_how, cases) => {
  test.concurrent.each(cases(unknown).map(({ what }, index) => [what, index] as const))('%s', async (_what, index) => {
    const one = cases(facts)[index];
    if (one === undefined) throw new Error('the corpus has changed under our feet');
    await compare(one);
  });
});

test('the corpus is large', () => {
  const all = [readingCases, serverCases, userCases, pluginCases].flatMap((cases) => cases(unknown));
  expect(all.length).toBeGreaterThanOrEqual(100);
  expect(all.filter(({ differs }) => differs !== undefined).length).toBeLessThanOrEqual(5);
});
