import { expect } from 'vitest';
import { localImages } from '#local-cluster/images.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import type { TestNamespace } from '#test/create-namespace.ts';
import { namespaceTest } from '#test/namespace.ts';
import { runOperator } from '#test/operator/operator.ts';
import type { TestOperator } from '#test/operator/operator.ts';
import { currentPod } from '../standing.ts';

const soon = { timeoutMs: 90_000 };

/** Writes a line into a file in HOME, and says where that is and how many lines the file has by now. */
const command = [
  'sh',
  '-c',
  'trap "exit 0" TERM; echo line >> ~/file && echo "$HOME has $(wc -l < ~/file)"; while :; do sleep 1 & wait; done',
];

/** What a pod other than `before` says, and its uid. */
async function said(
  namespace: TestNamespace,
  { world }: TestOperator,
  id: string,
  before?: string,
): Promise<{ uid: string; text: string }> {
  let found: { uid: string; text: string } | undefined;
  await waitUntil(
    async () => {
      const pod = currentPod(world.podsOf(id));
      const { name, uid } = pod?.metadata ?? {};
      if (name === undefined || uid === undefined || uid === before) return false;
      if (pod?.status?.containerStatuses?.[0]?.state?.running === undefined) return false;
      const text = (await namespace.core.readNamespacedPodLog({ name, namespace: namespace.name })).trim();
      found = { uid, text };
      return text !== '';
    },
    { what: `${id} to speak`, ...soon },
  );
  if (found === undefined) throw new Error(`${id} said nothing`);
  return found;
}

async function stopAndStart(operator: TestOperator, id: string): Promise<void> {
  await operator.patch(id, { mode: 'Stopped' });
  await waitUntil(() => operator.world.podsOf(id).length === 0, { what: 'the pod to end', ...soon });
  await operator.patch(id, { mode: 'Running' });
}

namespaceTest(
  'a file that is written to HOME is kept in the home, and can be written without one',
  async ({ namespace }) => {
    await using operator = await runOperator(namespace);
    const spec = { image: localImages.shell, command, probe: { kind: 'none' as const } };
    await operator.create('kept', { ...spec, home: { size: '50Mi', retain: '0s' } });
    await operator.create('loose', spec);
    const [kept, loose] = await Promise.all([said(namespace, operator, 'kept'), said(namespace, operator, 'loose')]);
    expect([kept.text, loose.text]).toEqual(['/home/workspace has 1', '/home/workspace has 1']);

    await Promise.all([stopAndStart(operator, 'kept'), stopAndStart(operator, 'loose')]);
    expect((await said(namespace, operator, 'kept', kept.uid)).text).toBe('/home/workspace has 2');
    expect((await said(namespace, operator, 'loose', loose.uid)).text).toBe('/home/workspace has 1');
  },
);
