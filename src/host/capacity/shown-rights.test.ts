import { expect, test } from 'vitest';
import { questionsOf } from '../operator/granted-rights.ts';
import { clusterRules, namespaceRules } from '../operator/rbac-rules.ts';
import { rightsOf } from './shown-rights.ts';

const rule = { why: 'Its home.', apiGroups: [''], resources: ['pods', 'pods/log'], verbs: ['get', 'list'] };

test('of each rule it is said what it grants, and what of that is missing', () => {
  const refused = questionsOf(rule, 'dev').slice(1, 3);
  expect(rightsOf([{ rule, namespace: 'dev', refused, asked: 4 }])).toEqual([
    {
      why: 'Its home.',
      scope: 'namespace',
      grants: 'get, list pods; get, list pods/log',
      missing: ['list pods', 'get pods/log'],
      vital: true,
    },
  ]);
});

test('nothing is vital that concerns the whole cluster, or metrics alone', () => {
  const all = [...namespaceRules.map((one) => ({ rule: one, namespace: 'dev' }))];
  const judged = rightsOf([
    ...all.map((one) => ({ ...one, refused: [], asked: 1 })),
    ...clusterRules.map((one) => ({ rule: one, namespace: undefined, refused: [], asked: 1 })),
  ]);
  const vital = judged.filter((one) => one.vital).map(({ grants }) => grants);
  expect(vital).toContainEqual(expect.stringContaining('deployments.apps'));
  expect(vital).not.toContainEqual(expect.stringContaining('metrics.k8s.io'));
  expect(judged.filter(({ scope, vital: needed }) => scope === 'cluster' && needed)).toEqual([]);
});
