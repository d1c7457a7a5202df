import { afterAll, inject, test } from 'vitest';
import { type CreatedNamespace, type TestNamespace, createNamespace } from './create-namespace.ts';

/** Deleted after their tests; the wait for their end comes once, after the file's last test, and not after each. */
const deleted: CreatedNamespace[] = [];

/**
 * vitest's `test` with a `namespace` of its own for each test that asks for one, for integration and cluster tests:
 * `namespaceTest('…', async ({ namespace }) => { … })`. It is deleted after the test, and gone when the file ends.
 */
export const namespaceTest = test.extend<{ namespace: TestNamespace }>({
  // oxlint-disable-next-line no-empty-pattern -- vitest reads from the pattern which other fixtures this one needs: none
  namespace: async ({}, use) => {
    const namespace = await createNamespace(inject('kubeconfigPath'));
    try {
      await use(namespace);
    } finally {
      await namespace.delete();
      deleted.push(namespace);
    }
  },
});

afterAll(async () => {
  await Promise.all(deleted.map((namespace) => namespace.gone()));
});
