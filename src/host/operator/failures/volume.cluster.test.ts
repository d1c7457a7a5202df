import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { provoke, script } from '#test/failures/provoke.ts';
import type { Provocation } from '#test/failures/provoke.ts';

describe.concurrent('failures of the home, really caused', () => {
  let provoked: Provocation;
  const home = (storageClass: string) => ({ home: { size: '1Gi', storageClass, retain: '0s' } });
  /** A volume of its own for the home of one workspace, on one node. */
  const volumeFor = async (workspace: string, path: string, onNode: string): Promise<string> => {
    const name = `${provoked.namespace.name}-${workspace}`;
    const values = [onNode];
    const terms = [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values }] }];
    await provoked.create({
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
    });
    return name;
  };
  const realNode = async (): Promise<string> =>
    (await provoked.namespace.core.listNode()).items.find((one) => one.metadata?.name?.startsWith('guildnet-'))
      ?.metadata?.name ?? '';

  beforeAll(async () => {
    provoked = await provoke();
  });
  afterAll(() => provoked[Symbol.asyncDispose]());

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
    await provoked.create({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name },
      provisioner: 'nobody.example.com',
      volumeBindingMode,
    });
    const workspace = `nobody-${volumeBindingMode.toLowerCase()}`;
    await provoked.launch(workspace, home(name));
    const { failure } = await provoked.failure(workspace, 'VolumeNotProvisioned');
    expect(failure.message).toContain('nobody.example.com');
  });
  test('of a class whose provisioner cannot serve it', async () => {
    const name = `${provoked.namespace.name}-nowhere`;
    await provoked.create({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name },
      provisioner: 'rancher.io/local-path',
      parameters: { nodePath: '/nowhere' },
      volumeBindingMode: 'WaitForFirstConsumer',
    });
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
