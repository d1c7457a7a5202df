import type { V1Service } from '@kubernetes/client-node';
import { expect } from 'vitest';
import { namespaceTest as test } from '#test/namespace.ts';
import { reached } from '#test/reached.ts';
import { runOperator } from '#test/operator/operator.ts';

const image = 'guildnet.local/echo:1';

test('reports a foreign Service of the same name and leaves it alone', async ({ namespace }) => {
  await namespace.core.createNamespacedService({
    namespace: namespace.name,
    body: { metadata: { name: 'taken' }, spec: { ports: [{ port: 1 }] } },
  });
  const before = await namespace.core.readNamespacedService({ name: 'taken', namespace: namespace.name });
  await using operator = await runOperator(namespace);
  await operator.create('taken', { image });
  expect((await reached(operator, 'taken', 'Failed')).lastError).toMatchObject({ reason: 'NameTaken' });
  const after = await namespace.core.readNamespacedService({ name: 'taken', namespace: namespace.name });
  expect(after.metadata?.resourceVersion).toBe(before.metadata?.resourceVersion);
});

test('gives back a Service that somebody made between its look and its first apply', async ({ namespace }) => {
  const { core, name } = namespace;
  const where = { name: 'raced', namespace: name };
  let made: V1Service | undefined;
  await using operator = await runOperator(namespace, {
    meanwhile: async (method, path) => {
      if (method !== 'GET' || !path.endsWith('/services/raced') || made !== undefined) return;
      const body = { metadata: { name: 'raced' }, spec: { ports: [{ name: 'other', port: 1 }] } };
      made = await core.createNamespacedService({ namespace: name, body });
    },
  });
  await operator.create('raced', { image });
  expect((await reached(operator, 'raced', 'Failed')).lastError).toMatchObject({ reason: 'NameTaken' });
  const { metadata, spec } = await core.readNamespacedService(where);
  expect(metadata?.resourceVersion).not.toBe(made?.metadata?.resourceVersion);
  expect({ ...metadata, resourceVersion: '', managedFields: [] }).toEqual({
    ...made?.metadata,
    resourceVersion: '',
    managedFields: [],
  });
  expect(spec).toEqual(made?.spec);
});
