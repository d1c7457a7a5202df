import { describe, expect, test } from 'vitest';
import { isLoaded } from './pull-policy.ts';

const node = (...names: string[][]) => ({ items: [{ status: { images: names.map((all) => ({ names: all })) } }] });

describe('an image was given to a node by hand', () => {
  test.for([
    ['docker.io/library/tool:latest', 'tool', true],
    ['docker.io/library/tool:latest', 'tool:latest', true],
    ['docker.io/library/tool:latest', 'docker.io/library/tool:latest', true],
    ['docker.io/team/tool:latest', 'team/tool', true],
    ['localhost/tool:latest', 'localhost/tool', true],
    ['localhost:5000/tool:latest', 'localhost:5000/tool', true],
    ['docker.io/library/tool:latest', 'ghcr.io/library/tool', false],
    ['docker.io/library/tool:1', 'tool', false],
  ] as const)('%s on the node, %s asked for: %s', ([name, image, loaded]) =>
    expect(isLoaded(node([name]), image)).toBe(loaded),
  );

  test('is not what a registry gave: that has its digest beside its tag', () => {
    expect(isLoaded(node(['docker.io/library/tool@sha256:00', 'docker.io/library/tool:latest']), 'tool')).toBe(false);
  });

  test('nodes that say nothing have none', () => {
    expect(isLoaded({ items: [{}, { status: {} }, { status: { images: [{}] } }] }, 'tool')).toBe(false);
  });
});
