import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { echo, provoke } from '#test/failures/provoke.ts';
import type { Provocation } from '#test/failures/provoke.ts';
import { mutatePods } from '#test/failures/mutate-pods.ts';
import { aTestNode } from '#test/failures/test-node.ts';
import type { TestNode } from '#test/failures/test-node.ts';

describe.concurrent('failures of nodes, really caused', () => {
  let provoked: Provocation;
  let node: TestNode;
  beforeAll(async () => {
    provoked = await provoke();
    node = await aTestNode(provoked.namespace);
    provoked.undo(async () => node[Symbol.asyncDispose]());
  });
  afterAll(() => provoked[Symbol.asyncDispose]());

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
    test('has what the cluster asks for besides', async () => {
      const claim = 'Object.spec.volumes.persistentVolumeClaim{claimName: "absent"}';
      const volume = `Object.spec.volumes{name: "absent", persistentVolumeClaim: ${claim}}`;
      await mutatePods(provoked, 'wanting', `Object.spec{volumes: [${volume}]}`);
      await provoked.launch('wanting', { tolerations: node.tolerations });
      const { failure } = await provoked.failure('wanting', 'Unschedulable', /"absent" not found/);
      expect(failure.remedy).toContain('kubectl describe nodes');
    });
    test('a taint', async () => {
      await provoked.launch('tainted', { nodeSelector: node.selector });
      const { failure } = await provoked.failure('tainted', 'TaintNotTolerated');
      expect(failure.remedy).toContain('spec.tolerations');
    });
  });

  test('the node lacks the runtime that the cluster chooses for the pod', async () => {
    const name = `${provoked.namespace.name}-absent`;
    await provoked.create({
      apiVersion: 'node.k8s.io/v1',
      kind: 'RuntimeClass',
      metadata: { name },
      handler: 'absent',
    });
    await mutatePods(provoked, 'sandbox', `Object.spec{runtimeClassName: "${name}"}`);
    await provoked.launch('sandbox', { image: echo });
    const { failure } = await provoked.failure('sandbox', 'PodSandboxFailed', /"absent"/);
    expect(failure.remedy).toContain('container runtime');
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
