import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { clusterFailures } from './cluster.ts';
import { failuresGuide, workspaceReasons } from './guide.ts';

const host = resolve(import.meta.dirname, '..', '..');
const guide = resolve(host, '..', '..', 'docs', 'guide', 'failures.md');
const realTests = globSync(['**/*.cluster.test.ts', '**/*.integration.test.ts'], { cwd: host })
  .map((file) => readFileSync(resolve(host, file), 'utf8'))
  .join('\n');

describe('docs/guide/failures.md', () => {
  // To write it anew: vitest run -u on this file.
  test('is what the catalogue says', () => expect(failuresGuide()).toMatchFileSnapshot(guide));

  test('says of each reason that no test causes why', () => {
    const names = [
      ...workspaceReasons.map(({ reason, unprovoked }) => ({ name: reason, unprovoked })),
      ...clusterFailures.map(({ code, unprovoked }) => ({ name: code, unprovoked })),
    ];
    const silent = names.filter(({ name, unprovoked }) => unprovoked === undefined && !realTests.includes(`'${name}'`));
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  test('has a remedy for everything', () => {
    for (const { means, remedy } of workspaceReasons) {
      expect(means).toMatch(/^[A-Z‘“].*\.$/);
      expect(remedy).toMatch(/\.$/);
    }
  });
});
