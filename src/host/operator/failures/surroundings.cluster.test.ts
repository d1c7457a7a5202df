import type { KubernetesObject } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitUntil } from '#local-cluster/wait-until.ts';
import type { TestNamespace } from '#test/create-namespace.ts';
import { aTestNode } from '#test/failures/test-node.ts';
import type { TestNode } from '#test/failures/test-node.ts';
import { echo, provoke, script, shell } from '#test/failures/provoke.ts';
import type { Provocation } from '#test/failures/provoke.ts';

/** What surrounds a workspace's container makes it fail: registry, nodes, volumes, and the way in from outside. */

const registryPort = 5_871;

/** On the node's own loopback, where containerd speaks plain HTTP: it has nothing, and `/v2/private` wants a login. */
async function startRegistry({ core, name }: TestNamespace): Promise<void> {
  const config =
    "printf '/v2/private:user:password\\n' > /tmp/httpd.conf; mkdir -p /tmp/w/v2; echo '{}' > /tmp/w/v2/index.html";
  await core.createNamespacedPod({
    namespace: name,
    body: {
      metadata: { name: 'registry' },
      spec: {
        hostNetwork: true,
        automountServiceAccountToken: false,
        terminationGracePeriodSeconds: 0,
        containers: [
          {
            name: 'registry',
            image: shell,
            imagePullPolicy: 'Never',
            command: ['/bin/sh', '-c', `${config}; httpd -f -p 127.0.0.1:${registryPort} -h /tmp/w -c /tmp/httpd.conf`],
          },
        ],
      },
    },
  });
  await waitUntil(
    async () => (await core.readNamespacedPod({ namespace: name, name: 'registry' })).status?.phase === 'Running',
    { what: 'the registry', timeoutMs: 30_000 },
  );
}

describe.concurrent('failures around the container, really caused', () => {
  let provoked: Provocation;
  let node: TestNode;
  const home = (storageClass: string) => ({ home: { size: '1Gi', storageClass, retain: '0s' } });
  const create = async (object: KubernetesObject & { metadata: { name: string } }): Promise<void> => {
    await provoked.namespace.objects.create(object);
    provoked.undo(async () => provoked.namespace.objects.delete(object));
  };
  /** A volume of its own for the home of one workspace, on one node. */
  const volumeFor = async (workspace: string, path: string, onNode: string): Promise<string> => {
    const name = `${provoked.namespace.name}-${workspace}`;
    const values = [onNode];
    const terms = [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values }] }];
    await create({
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name },
      spec: {
        capacity: { storage: '1Gi' },
        accessModes: ['ReadWriteOnce'],
        storageClassName: name,
        persistentVolumeReclaimPolicy: 'Retain',
        claimRef: {
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          namespace: provoked.namespace.name,
          name: `${workspace}-home`,
        },
        local: { path },
        nodeAffinity: { required: { nodeSelectorTerms: terms } },
      },
    } as KubernetesObject & { metadata: { name: string } });
    return name;
  };
  const realNode = async (): Promise<string> =>
    (await provoked.namespace.core.listNode()).items.find((one) => one.metadata?.name?.startsWith('guildnet-'))
      ?.metadata?.name ?? '';

  beforeAll(async () => {
    provoked = await provoke(startRegistry);
    node = await aTestNode(provoked.namespace);
    provoked.undo(async () => node[Symbol.asyncDispose]());
  });
  afterAll(() => provoked[Symbol.asyncDispose]());

  describe('the registry', () => {
    const image = (path: string): string => `127.0.0.1:${registryPort}/${path}:1`;
    test('does not have the image', async () => {
      await provoked.launch('absent', { image: image('absent') });
      const { failure, status } = await provoked.failure('absent', 'ImageNotFound');
      expect(failure).toMatchObject({
        message: expect.stringContaining('not found') as string,
        remedy: 'Check its name and tag.',
      });
      expect(status.phase).toBe('Failed');
      expect(status.conditions?.find(({ type }) => type === 'ImagePulled')).toMatchObject({
        status: 'False',
        reason: 'ImageNotFound',
      });
    });
    test('wants a login', async () => {
      await provoked.launch('private', { image: image('private/x') });
      const { failure } = await provoked.failure('private', 'ImagePullDenied');
      expect(failure.remedy).toContain('spec.imagePullSecrets');
    });
    test('wants a login, and the pull secret is missing', async () => {
      await provoked.launch('secret', { image: image('private/y'), imagePullSecrets: [{ name: 'not-there' }] });
      const { failure } = await provoked.failure('secret', 'PullSecretMissing');
      expect(failure.message).toContain('(not-there)');
      expect(failure.remedy).toContain('kubectl create secret docker-registry');
    });
  });

  describe('no node', () => {
    // All but the taint's tolerate the other node, so that each is refused for one reason.
    test.for([
      ['cpu', 'InsufficientCpu', { resources: { requests: { cpu: '900' } } }, /requests\.cpu/],
      ['memory', 'InsufficientMemory', { resources: { requests: { memory: '900Ti' } } }, /requests\.memory/],
      [
        'disk',
        'InsufficientResources',
        { resources: { requests: { 'ephemeral-storage': '900Ti' } } },
        /spec\.resources/,
      ],
      ['selector', 'NodeSelectorUnmatched', { nodeSelector: { nowhere: 'x' } }, /spec\.nodeSelector/],
    ] as const)('%s', async ([name, reason, spec, remedy]) => {
      await provoked.launch(name, { ...spec, tolerations: node.tolerations });
      const { failure, status } = await provoked.failure(name, reason);
      expect(failure.remedy).toMatch(remedy);
      // Told at once; called a failure when no node has come for a while.
      expect(status.phase).toBe('Pending');
      expect(status.conditions?.find(({ type }) => type === 'Scheduled')).toMatchObject({
        status: 'False',
        reason: 'Unschedulable',
      });
      await provoked.reached(name, 'Failed');
    });
    test('a taint', async () => {
      await provoked.launch('tainted', { nodeSelector: node.selector });
      const { failure } = await provoked.failure('tainted', 'TaintNotTolerated');
      expect(failure.remedy).toContain('spec.tolerations');
    });
  });

  test('a node stops reporting', { timeout: 180_000 }, async () => {
    await provoked.launch('lost', { nodeSelector: node.selector, tolerations: node.tolerations });
    await node.playKubelet('lost');
    await provoked.reached('lost', 'Running');
    // Nobody renews its lease: the cluster notices by itself.
    const { failure, status } = await provoked.failure('lost', 'NodeLost');
    expect(failure.message).toContain(node.name);
    expect(status.phase).toBe('Failed');
  });

  describe('the home', () => {
    test('of a class that does not exist', async () => {
      await provoked.launch('no-class', home('not-there'));
      const { failure, status } = await provoked.failure('no-class', 'StorageClassMissing');
      expect(failure.message).toContain('"not-there"');
      expect(status.conditions?.find(({ type }) => type === 'VolumeReady')).toMatchObject({
        status: 'False',
        reason: 'StorageClassMissing',
      });
    });
    test.for(['WaitForFirstConsumer', 'Immediate'])('of a class that nobody serves (%s)', async (volumeBindingMode) => {
      const name = `${provoked.namespace.name}-${volumeBindingMode.toLowerCase()}`;
      await create({
        apiVersion: 'storage.k8s.io/v1',
        kind: 'StorageClass',
        metadata: { name },
        provisioner: 'nobody.example.com',
        volumeBindingMode,
      } as KubernetesObject & { metadata: { name: string } });
      const workspace = `nobody-${volumeBindingMode.toLowerCase()}`;
      await provoked.launch(workspace, home(name));
      const { failure } = await provoked.failure(workspace, 'VolumeNotProvisioned');
      expect(failure.message).toContain('nobody.example.com');
    });
    test('of a class whose provisioner cannot serve it', async () => {
      const name = `${provoked.namespace.name}-nowhere`;
      await create({
        apiVersion: 'storage.k8s.io/v1',
        kind: 'StorageClass',
        metadata: { name },
        provisioner: 'rancher.io/local-path',
        parameters: { nodePath: '/nowhere' },
        volumeBindingMode: 'WaitForFirstConsumer',
      } as KubernetesObject & { metadata: { name: string } });
      await provoked.launch('nowhere', home(name));
      const { failure } = await provoked.failure('nowhere', 'ProvisioningFailed', /\/nowhere/);
      expect(failure.remedy).toContain('provisioner');
    });
    test('on a node that is gone; and then its volume is gone, too', async () => {
      const volume = await volumeFor('affine', '/nope', 'a-node-that-is-gone');
      await provoked.launch('affine', home(volume));
      const { failure } = await provoked.failure('affine', 'VolumeOnOtherNode');
      expect(failure.remedy).toContain('nowhere else');
      const { objects } = provoked.namespace;
      const pv = { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: volume } };
      await objects.delete(pv);
      // Kubernetes protects a volume that is in use; a storage system that loses one does not ask.
      await objects.patch(
        { ...pv, metadata: { ...pv.metadata, finalizers: [] } },
        undefined,
        undefined,
        undefined,
        undefined,
        'application/merge-patch+json',
      );
      expect((await provoked.failure('affine', 'VolumeLost')).failure.message).toContain(volume);
    });
    test('whose volume cannot be mounted', async () => {
      const volume = await volumeFor('unmountable', '/nope/nowhere', await realNode());
      await provoked.launch('unmountable', home(volume));
      // The first try may fail because the node has not heard of the claim.
      const { failure } = await provoked.failure('unmountable', 'MountFailed', /\/nope\/nowhere/);
      expect(failure.remedy).toContain('tried again by itself');
    });
    test('holds a program for another processor', { timeout: 180_000 }, async () => {
      // The head of an ELF file for a machine that this is not: aarch64 and x86-64 take turns.
      const machine = process.arch === 'x64' ? String.raw`\267` : String.raw`\076`;
      const head = String.raw`\177ELF\002\001\001\000\000\000\000\000\000\000\000\000\002\000${machine}\000`;
      const write = `printf '${head}' > ~/x; chmod +x ~/x; echo hi > /tmp/index.html; httpd -f -p 8080 -h /tmp`;
      const spec = {
        home: { size: '1Gi', mountPath: '/home/dev', retain: '0s' },
        env: [{ name: 'HOME', value: '/home/dev' }],
      };
      await provoked.launch('foreign', { ...spec, ...script(write) });
      await provoked.reached('foreign', 'Running');
      await provoked.operator.patch('foreign', { command: ['/home/dev/x'] });
      const { failure } = await provoked.failure('foreign', 'WrongArchitecture');
      expect(failure.remedy).toContain('architecture');
    });
  });

  describe('the way in', () => {
    const page = { image: echo };
    test('a load balancer without an address', async () => {
      await provoked.launch('balanced', { ...page, exposure: { type: 'LoadBalancer' } });
      const { failure, status } = await provoked.failure('balanced', 'LoadBalancerPending');
      expect(failure.remedy).toContain('MetalLB');
      // It runs all the same.
      expect(status.phase).toBe('Running');
      expect(status.conditions?.find(({ type }) => type === 'Exposed')).toMatchObject({
        status: 'False',
        reason: 'LoadBalancerPending',
      });
    });
    test('an Ingress class that does not exist, a certificate that is not issued, a controller that is not there', async () => {
      const name = provoked.namespace.name;
      const exposure = { type: 'Ingress' as const, domain: 'dev.example', ingressClass: name };
      await provoked.launch('ingress', { ...page, exposure: { ...exposure, tlsIssuer: 'nobody' } });
      expect((await provoked.failure('ingress', 'IngressClassMissing')).failure.message).toContain(name);
      await create({
        apiVersion: 'networking.k8s.io/v1',
        kind: 'IngressClass',
        metadata: { name },
        spec: { controller: 'nobody.example.com/ingress' },
      } as KubernetesObject & { metadata: { name: string } });
      const { failure } = await provoked.failure('ingress', 'TlsSecretPending');
      expect(failure.message).toContain('workspace-ingress-tls');
      await provoked.namespace.core.createNamespacedSecret({
        namespace: name,
        body: { metadata: { name: 'workspace-ingress-tls' } },
      });
      expect((await provoked.failure('ingress', 'IngressNotServed')).failure.remedy).toContain('controller');
    });
  });

  // At the end: no workspace finds a node meanwhile, here or in another file, and has to wait for a moment.
  test('no node takes pods, until one does', { concurrent: false }, async () => {
    const { core } = provoked.namespace;
    const setUnschedulable = async (value: boolean): Promise<void> => {
      for (const { metadata } of (await core.listNode()).items)
        await core.patchNode({
          name: metadata?.name ?? '',
          body: [{ op: 'add', path: '/spec/unschedulable', value }],
        });
    };
    provoked.undo(() => setUnschedulable(false));
    await setUnschedulable(true);
    await provoked.launch('cordoned', { image: echo });
    const { failure } = await provoked.failure('cordoned', 'NoNodes');
    expect(failure.remedy).toContain('kubectl uncordon');
    await setUnschedulable(false);
    await provoked.reached('cordoned', 'Running');
  });
});
