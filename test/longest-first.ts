import { BaseSequencer } from 'vitest/node';
import type { TestSpecification } from 'vitest/node';

/** Tests that take a minute or more, the longest first: begun last, they would run on alone while the other workers have nothing left. */
const longest = [
  'src/host/proxy/leaks.test.ts',
  'src/host/proxy/fuzzed-answers.test.ts',
  'test/simulation/simulation.test.ts',
  'src/host/proxy/hostile-answers.test.ts',
  'src/host/workspaces/use/use.cluster.test.ts',
  'src/host/operator/failures/container.cluster.test.ts',
  'src/host/proxy/transport/port-forward.cluster.test.ts',
  'src/host/proxy/people.cluster.test.ts',
  'src/host/operator/failures/node.cluster.test.ts',
  'src/host/operator/namespace-end/namespace-end.integration.test.ts',
];

/** Vitest's own order (what failed or took long last time, then by size), which knows nothing in a fresh clone, after the longest. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const at = longest.findIndex((name) => moduleId.endsWith(`/${name}`));
      return at === -1 ? longest.length : at;
    };
    // oxlint-disable-next-line unicorn/no-array-sort -- the base class's method, not an array's
    const usual = await super.sort(files);
    return usual.toSorted((one, other) => place(one) - place(other));
  }
}
