import { expect, inject, it } from 'vitest';
import { createNamespace } from './create-namespace.ts';
import { namespaceTest } from './namespace.ts';
import { currentRun, runLabel } from './test-run.ts';

const seen: string[] = [];

namespaceTest('a test has a namespace of its own', async ({ namespace }) => {
  seen.push(namespace.name);
  expect(namespace.name).toMatch(/^t-[0-9a-f]{8}$/);
  const { items } = await namespace.core.listNamespacedPod({ namespace: namespace.name });
  expect(items).toEqual([]);
});

namespaceTest('the next one has another, and the first is on its way out', async ({ namespace }) => {
  const { items } = await namespace.core.listNamespace();
  const phases = new Map(items.map(({ metadata, status }) => [metadata?.name, status?.phase]));
  expect(phases.get(namespace.name)).toBe('Active');
  expect(items.find(({ metadata }) => metadata?.name === namespace.name)?.metadata?.labels?.[runLabel]).toBe(
    currentRun(),
  );
  expect(phases.get(seen[0]) ?? 'Terminating').toBe('Terminating');
});

it('takes what is in it along', async () => {
  const namespace = await createNamespace(inject('kubeconfigPath'));
  const { name, core } = namespace;
  await core.createNamespacedConfigMap({ namespace: name, body: { metadata: { name: 'thing' } } });
  await namespace[Symbol.asyncDispose]();
  await namespace.gone();
  const { items } = await core.listNamespace();
  expect(items.map(({ metadata }) => metadata?.name)).not.toContain(name);
  const { items: things } = await core.listConfigMapForAllNamespaces();
  expect(things.filter(({ metadata }) => metadata?.namespace === name)).toEqual([]);
});
