import { readFile } from 'node:fs/promises';
import { expect, inject, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { defaultValues, plainNamespace } from '../../scripts/deploy/chart-values.ts';
import type { ChartValues } from '../../scripts/deploy/chart-values.ts';
import { plainObjects } from '../../scripts/deploy/deploy-files.ts';
import { chart, openHelm } from './helm.ts';
import type { Helm } from './helm.ts';

/** For the first build of Helm on two busy cores, which also fetches its sources. */
const timeout = 30 * 60_000;
const withHelm = (): Promise<Helm> => openHelm({ kubeconfigPath: inject('kubeconfigPath'), name: 'dev' });

/** In an order of their own: Helm puts them into the one in which it applies them. */
const sorted = (objects: readonly unknown[]): string[] =>
  objects.map((object) => JSON.stringify(ordered(object))).toSorted();

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, inner]) => [key, ordered(inner)]),
  );
}

const others: ChartValues = {
  image: { repository: 'registry.example:5000/me/host', tag: '9', pullPolicy: 'Always' },
  imagePullSecrets: [{ name: 'registry' }],
  settings: { GUILDNET_PUBLIC_URL: 'https://dev.example', WORKSPACE_LB: 'true' },
  secretSettings: 'mine',
  service: { type: 'LoadBalancer', port: 8443, annotations: { 'metallb.universe.tf/address-pool': 'lab' } },
  persistence: { size: '5Gi', storageClass: 'fast' },
  // Of maps Helm keeps what is not said.
  resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { memory: '2Gi' } },
  nodeSelector: { disk: 'ssd' },
  tolerations: [{ key: 'dev', operator: 'Exists' }],
  podAnnotations: { a: 'b' },
};

test('Helm finds no fault with the chart, and what it renders is the plain manifest with the same values', {
  timeout,
}, async () => {
  await using helm = await withHelm();
  const lint = await helm.run(['lint', '--strict', chart]);
  expect([lint.code, lint.stdout]).toEqual([0, expect.stringContaining('0 chart(s) failed') as string]);
  for (const values of [defaultValues('1.2.3'), others])
    expect(sorted(await helm.objects(['template', chart], values))).toEqual(sorted(plainObjects(values, 'dev')));
  // With nothing said at all it is the file that is applied by hand, but for the namespace itself.
  const file = await readFile(new URL('../../build/guildnet.yaml', import.meta.url), 'utf8');
  const [, ...plain] = parseAllDocuments(file).map((document) => document.toJS() as unknown);
  expect(sorted(await helm.objects(['template', chart, '--namespace', plainNamespace]))).toEqual(sorted(plain));
});

test.each([
  ['a key that nobody knows', { replicas: 2 }, 'replicas'],
  ['a port that is none', { service: { port: 70_000 } }, 'port'],
  ['a variable that is no text', { settings: { WORKSPACE_LB: true } }, 'WORKSPACE_LB'],
])('Helm refuses %s by the schema of the values', { timeout }, async (_what, values, named) => {
  await using helm = await withHelm();
  const { code, tail } = await helm.run(['template', chart], values);
  expect([code, tail]).toEqual([1, expect.stringContaining(named) as string]);
});
