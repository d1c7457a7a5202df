import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { echo, goModules, kubernetes, node, nodeInit, provisioner } from './go-programs.ts';

const programs = [kubernetes, node, provisioner, nodeInit, echo];
const goMod = (module: string): string => readFileSync(new URL(`../recipe/${module}/go.mod`, import.meta.url), 'utf8');

test.each(programs)('$name: several programs of one build are called as go calls them', ({ packages }) => {
  const names = Object.values(packages);
  expect(new Set(names).size).toBe(names.length);
  if (names.length > 1) expect(Object.keys(packages).map((path) => basename(path))).toEqual(names);
});

test.each(programs)('$name: its module is one that the toolchain is chosen for', ({ name, module }) => {
  expect(goModules).toContain(module ?? name);
});

test('packages of other modules are pinned as tools, so that tidying keeps them', () => {
  const tools = /^tool \(\n([^)]*)\)$/m.exec(goMod('programs'))?.[1]?.trim().split(/\s+/);
  const foreign = [kubernetes, node, provisioner]
    .flatMap(({ packages }) => Object.keys(packages))
    .filter((path) => !path.startsWith('.'));
  expect(tools?.toSorted()).toEqual(foreign.toSorted());
});

test('the version that is told is the one that is built', () => {
  const version = kubernetes.title.split(' ').at(-1) ?? '';
  expect(goMod('programs')).toContain(`k8s.io/kubernetes v${version}\n`);
});
