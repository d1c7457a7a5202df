import { expect, vi } from 'vitest';
import { runSchemathesis } from '#test/api/schemathesis.ts';
import { startHost } from '#test/host/started-host.ts';
import { namespaceTest } from '#test/namespace.ts';

// A few requests to each call; the thousands that try each corner of the schema are the bench's. On a busy machine they take their time.
vi.setConfig({ testTimeout: 1_800_000 });

namespaceTest('what the host answers is what its own description says, whatever it is asked', async ({ namespace }) => {
  await using started = await startHost({ kubeconfigPath: namespace.kubeconfigPath, namespace: namespace.name });
  await started.reached('online');
  const { code, output } = await runSchemathesis(started, { maxExamples: 3 });
  expect(code, output).toBe(0);
  // It did ask: an empty document would pass as well.
  expect(Number(/(\d+) generated/.exec(output)?.[1] ?? 0)).toBeGreaterThan(100);
});
