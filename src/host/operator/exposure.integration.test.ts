import { ApiException, NetworkingV1Api } from '@kubernetes/client-node';
import type { V1Ingress, V1NetworkPolicy, V1Secret, V1Service } from '@kubernetes/client-node';
import { describe, expect } from 'vitest';
import { waitUntil } from '#local-cluster/wait-until.ts';
import type { TestNamespace } from '#test/create-namespace.ts';
import { namespaceTest as test } from '#test/namespace.ts';
import { operatorConfigFromEnv } from './config.ts';
import { runOperator } from '#test/operator/operator.ts';

const image = 'guildnet.local/echo:1';
const timeoutMs = 20_000;

interface Extras {
  service(): Promise<V1Service | undefined>;
  ingress(): Promise<V1Ingress | undefined>;
  policy(): Promise<V1NetworkPolicy | undefined>;
  secret(): Promise<V1Secret | undefined>;
}

/** What the API server has of one workspace; undefined for what is not there. */
function objectsOf(namespace: TestNamespace, name: string): Extras {
  const where = { name, namespace: namespace.name };
  const networking = namespace.kubeConfig.makeApiClient(NetworkingV1Api);
  return {
    service: () => orNone(namespace.core.readNamespacedService(where)),
    ingress: () => orNone(networking.readNamespacedIngress(where)),
    policy: () => orNone(networking.readNamespacedNetworkPolicy(where)),
    secret: () => orNone(namespace.core.readNamespacedSecret({ ...where, name: `workspace-${name}-password` })),
  };
}

async function orNone<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof ApiException && error.code === 404) return undefined;
    throw error;
  }
}

describe.concurrent('exposure on a real API server', () => {
  test('an Ingress comes and goes with the workspace’s wish', async ({ namespace }) => {
    await using operator = await runOperator(namespace, {
      config: operatorConfigFromEnv({ CERT_MANAGER_ISSUER: 'letsencrypt' }),
    });
    const { ingress, service } = objectsOf(namespace, 'web');
    await operator.create('web', { image, exposure: { type: 'Ingress', domain: 'dev.example' } });
    await waitUntil(ingress, { what: 'the Ingress', timeoutMs });
    expect(await ingress()).toMatchObject({
      metadata: { annotations: { 'cert-manager.io/cluster-issuer': 'letsencrypt' } },
      spec: {
        ingressClassName: 'nginx',
        rules: [{ host: 'web.dev.example' }],
        tls: [{ hosts: ['web.dev.example'], secretName: 'workspace-web-tls' }],
      },
    });
    await operator.patch('web', { exposure: { type: 'Ingress', domain: 'other.example', ingressClass: 'traefik' } });
    await waitUntil(async () => (await ingress())?.spec?.rules?.[0]?.host === 'web.other.example', {
      what: 'the new domain',
      timeoutMs,
    });
    expect((await ingress())?.spec?.ingressClassName).toBe('traefik');
    await operator.patch('web', { exposure: { type: 'LoadBalancer' } });
    await waitUntil(async () => (await ingress()) === undefined, { what: 'the Ingress to go', timeoutMs });
    await waitUntil(async () => (await service())?.spec?.type === 'LoadBalancer', { what: 'the balancer', timeoutMs });
    await operator.patch('web', { exposure: { type: 'ClusterIP' } });
    await waitUntil(async () => (await service())?.spec?.type === 'ClusterIP', { what: 'the ClusterIP', timeoutMs });
    expect((await service())?.spec?.ports?.some((port) => port.nodePort !== undefined)).toBe(false);
  });

  test('the host’s settings expose what says nothing, and a change of them is carried out', async ({ namespace }) => {
    const { service, policy } = objectsOf(namespace, 'lb');
    {
      const env = { WORKSPACE_LB: '1', WORKSPACE_LB_POOL: 'lab', WORKSPACE_NETWORK_POLICY: '1' };
      await using operator = await runOperator(namespace, { config: operatorConfigFromEnv(env) });
      await operator.create('lb', { image });
      await waitUntil(policy, { what: 'the NetworkPolicy', timeoutMs });
      await waitUntil(service, { what: 'the Service', timeoutMs });
      expect(await service()).toMatchObject({
        metadata: { annotations: { 'metallb.universe.tf/address-pool': 'lab' } },
        spec: { type: 'LoadBalancer' },
      });
      expect((await policy())?.spec?.ingress?.[0]?._from).toHaveLength(3);
    }
    const off = { config: operatorConfigFromEnv({ WORKSPACE_NETWORK_POLICY: 'off' }) };
    await using operator = await runOperator(namespace, off);
    await waitUntil(async () => (await policy()) === undefined, { what: 'the NetworkPolicy to go', timeoutMs });
    await waitUntil(async () => (await service())?.spec?.type === 'ClusterIP', { what: 'the ClusterIP', timeoutMs });
    expect((await service())?.metadata?.annotations).not.toHaveProperty(['metallb.universe.tf/address-pool']);
    expect(operator.world.workspaces.list()).toHaveLength(1);
  });

  test('the address from outside is in the status, and goes with the exposure', async ({ namespace }) => {
    await using operator = await runOperator(namespace, { config: operatorConfigFromEnv({ WORKSPACE_LB: '1' }) });
    const { service } = objectsOf(namespace, 'out');
    const url = (): string | undefined => operator.world.workspaces.get('out')?.status?.externalURL;
    await operator.create('out', { image });
    await waitUntil(service, { what: 'the Service', timeoutMs });
    expect(url()).toBeUndefined();
    // What a load balancer's controller does; there is none on a control plane.
    await namespace.core.patchNamespacedServiceStatus({
      name: 'out',
      namespace: namespace.name,
      body: [{ op: 'replace', path: '/status', value: { loadBalancer: { ingress: [{ ip: '192.0.2.7' }] } } }],
    });
    await waitUntil(() => url() === 'https://192.0.2.7:8443/', { what: 'the URL of the load balancer', timeoutMs });
    await operator.patch('out', { exposure: { type: 'Ingress', domain: 'dev.example' } });
    await waitUntil(() => url() === 'https://out.dev.example/', { what: 'the URL of the Ingress', timeoutMs });
    await operator.patch('out', { exposure: { type: 'ClusterIP' } });
    await waitUntil(() => url() === undefined, { what: 'the URL to go', timeoutMs });
  });

  test('a stranger’s Ingress of the name is left alone', async ({ namespace }) => {
    const { ingress } = objectsOf(namespace, 'mine');
    await namespace.kubeConfig.makeApiClient(NetworkingV1Api).createNamespacedIngress({
      namespace: namespace.name,
      body: {
        metadata: { name: 'mine', labels: { 'guildnet.io/managed': 'true' } },
        spec: { defaultBackend: { service: { name: 'x', port: { number: 1 } } } },
      },
    });
    const before = await ingress();
    await using operator = await runOperator(namespace);
    await operator.create('mine', { image });
    await waitUntil(() => operator.world.services.get('mine'), { what: 'the Service', timeoutMs });
    await operator.patch('mine', { exposure: { type: 'Ingress', domain: 'dev.example' } });
    await waitUntil(() => operator.world.workspaces.get('mine')?.status?.lastError?.reason === 'NameTaken', {
      what: 'the report',
      timeoutMs,
    });
    expect((await ingress())?.metadata?.resourceVersion).toBe(before?.metadata?.resourceVersion);
  });

  test('a password is in its Secret only, which comes before the pod and goes when it is not needed', async ({
    namespace,
  }) => {
    await using operator = await runOperator(namespace, {
      config: operatorConfigFromEnv({ AGENT_DEFAULT_PASSWORD: 'default-secret' }),
    });
    const { secret } = objectsOf(namespace, 'cs');
    await operator.create('cs', { image: 'codercom/code-server:4' });
    await waitUntil(() => operator.world.deployments.get('cs'), { what: 'the Deployment', timeoutMs });
    expect(Buffer.from((await secret())?.data?.['PASSWORD'] ?? '', 'base64').toString()).toBe('default-secret');
    const deployment = await namespace.apps.readNamespacedDeployment({ name: 'cs', namespace: namespace.name });
    expect(JSON.stringify(deployment)).not.toContain('default-secret');
    await operator.patch('cs', { env: [{ name: 'PASSWORD', value: 'own-secret' }] });
    const isOwn = async (): Promise<boolean> =>
      Buffer.from((await secret())?.data?.['PASSWORD'] ?? '', 'base64').toString() === 'own-secret';
    await waitUntil(isOwn, { what: 'the own password', timeoutMs });
    await operator.patch('cs', {
      env: [{ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'vault', key: 'pw' } } }],
    });
    await waitUntil(async () => (await secret()) === undefined, { what: 'the Secret to go', timeoutMs });
  });

  test('a random password is made once, comes with a host that takes over, and goes with its Secret', async ({
    namespace,
  }) => {
    const { secret } = objectsOf(namespace, 'ours');
    const password = async (): Promise<string | undefined> => (await secret())?.data?.['PASSWORD'];
    let first: string | undefined;
    {
      await using operator = await runOperator(namespace);
      await operator.create('ours', { image: 'guildnet.local/code-server:4' });
      await operator.create('theirs', { image: 'codercom/code-server:4' });
      await waitUntil(() => operator.world.pods.list().length === 2, { what: 'the pods', timeoutMs });
      first = await password();
      expect(Buffer.from(first ?? '', 'base64')).toHaveLength(32);
      const theirs = (await objectsOf(namespace, 'theirs').secret())?.data?.['PASSWORD'] ?? '';
      expect(Buffer.from(theirs, 'base64').toString()).toBe('changeme');
    }
    await using second = await runOperator(namespace);
    await waitUntil(() => second.stats.reconciled >= 2 && second.stats.depth === 0, {
      what: 'it to be looked at',
      timeoutMs,
    });
    expect(await password()).toBe(first);
    await namespace.core.deleteNamespacedSecret({ namespace: namespace.name, name: 'workspace-ours-password' });
    await waitUntil(async () => ![undefined, first].includes(await password()), { what: 'another one', timeoutMs });
  });

  test('what is once made is not written again, also by a host that takes over', async ({ namespace }) => {
    const env = { WORKSPACE_DOMAIN: 'dev.example', WORKSPACE_NETWORK_POLICY: '1', CERT_MANAGER_ISSUER: 'le' };
    const config = operatorConfigFromEnv(env);
    {
      await using operator = await runOperator(namespace, { config });
      await operator.create('still', { image: 'codercom/code-server:4', resources: { limits: { memory: '2048Mi' } } });
      await operator.create('open', { image, exposure: { type: 'LoadBalancer' } });
      await waitUntil(() => operator.world.pods.list().length === 2, { what: 'the pods', timeoutMs });
      await waitUntil(() => operator.world.policies.list().length === 2 && operator.world.ingresses.get('still'), {
        what: 'the rest',
        timeoutMs,
      });
      await waitUntil(() => operator.stats.depth === 0 && operator.world.secrets.list().length === 1, {
        what: 'the queue to be empty',
        timeoutMs,
      });
    }
    await using second = await runOperator(namespace, { config });
    await waitUntil(() => second.stats.reconciled >= 2 && second.stats.depth === 0, {
      what: 'the second host to look',
      timeoutMs,
    });
    expect(second.writes.filter((write) => !write.endsWith('/status'))).toEqual([]);
  });

  test('all of it is accepted where Pod Security is restricted', async ({ namespace }) => {
    await namespace.core.patchNamespace({
      name: namespace.name,
      body: [{ op: 'add', path: '/metadata/labels/pod-security.kubernetes.io~1enforce', value: 'restricted' }],
    });
    const env = { WORKSPACE_DOMAIN: 'dev.example', WORKSPACE_NETWORK_POLICY: 'on' };
    await using operator = await runOperator(namespace, { config: operatorConfigFromEnv(env) });
    await operator.create('strict', {
      image: 'codercom/code-server:4',
      home: { size: '1Gi' },
      tolerations: [{ operator: 'Exists' }],
    });
    await waitUntil(() => operator.world.pods.list().length === 1, { what: 'the pod to be admitted', timeoutMs });
    // While there is somebody to take off its finalizer.
    await operator.remove('strict');
    await waitUntil(() => operator.world.workspaces.list().length === 0, { what: 'the workspace to go', timeoutMs });
  });
});
