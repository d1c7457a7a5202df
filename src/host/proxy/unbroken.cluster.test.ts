import { expect } from 'vitest';
import { injectLineFaults } from '#test/faults/inject-line-faults.ts';
import type { FaultOutcome } from '#test/faults/fault-outcome.ts';
import { namespaceTest } from '#test/namespace.ts';

// Fifty faults between terminals and their program; five hundred, and a real IDE, are `npm run bench:faults`.

namespaceTest(
  'fifty faults cost an open terminal nothing; only a pod that is replaced ends it, and says so',
  { timeout: 240_000 },
  async ({ namespace }) => {
    const terminals = 3;
    const outcomes = await injectLineFaults({ namespace, faults: 50, seed: 11, terminals });
    const wrong = outcomes.filter(({ kind, lost, renewed, refused }: FaultOutcome) => {
      if (lost !== 0) return true;
      if (renewed !== (kind === 'replaced' ? terminals : 0)) return true;
      // While the host itself is not there, nobody can hold what comes; otherwise the first attempt gets through.
      return kind !== 'restarted' && refused > 0;
    });
    expect(wrong).toEqual([]);
    expect(outcomes).toHaveLength(50);
  },
);
