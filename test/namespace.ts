import { inject, test } from 'vitest';
import { type TestNamespace, createNamespace } from './create-namespace.ts';

/**
 * vitest's `test` with a `namespace` of its own for each test that asks for one, for integration and cluster tests:
 * `namespaceTest('…', async ({ namespace }) => { … })`. It is deleted after the test, and gone when the run ends.
 */
export const namespaceTest = test.extend<{ namespace: TestNamespace }>({
  // oxlint-disable-next-line no-empty-pattern -- vitest reads from the pattern which other fixtures this one needs: none
  namespace: async ({}, use) => {
    await using namespace = await createNamespace(inject('kubeconfigPath'));
    await use(namespace);
  },
});
