import { describe, expect, test } from 'vitest';
import { questionsOf } from '../../operator/granted-rights.ts';
import { clusterRules, endRules, namespaceRules } from '../../operator/rbac-rules.ts';
import type { ExplainedRule } from '../../operator/rbac-rules.ts';
import { judgeRights } from './rights.ts';

const rule = (more: Partial<ExplainedRule>): ExplainedRule => ({
  why: 'A reason.',
  apiGroups: ['apps'],
  resources: ['deployments'],
  verbs: ['get', 'patch'],
  ...more,
});

test('a rule is asked for one by one: subresources, names, and the whole cluster told apart', () => {
  expect(questionsOf(rule({ resources: ['a', 'b/status'], resourceNames: ['n'], verbs: ['get'] }), 'dev')).toEqual([
    { group: 'apps', resource: 'a', name: 'n', verb: 'get', namespace: 'dev' },
    { group: 'apps', resource: 'b', subresource: 'status', name: 'n', verb: 'get', namespace: 'dev' },
  ]);
  expect(questionsOf(rule({ verbs: ['get'] }), undefined)).toEqual([
    { group: 'apps', resource: 'deployments', verb: 'get' },
  ]);
});

test('of the manifest nothing is left out', () => {
  for (const one of [...namespaceRules, ...clusterRules, ...endRules(['me'])]) {
    const names = one.resourceNames?.length ?? 1;
    const { apiGroups, resources, verbs } = one;
    expect(questionsOf(one, 'dev')).toHaveLength(apiGroups.length * resources.length * names * verbs.length);
  }
});

describe('judged', () => {
  const answered = (one: ExplainedRule, namespace: string | undefined, count: number) => ({
    rule: one,
    namespace,
    refused: questionsOf(one, namespace).slice(0, count),
    asked: questionsOf(one, namespace).length,
  });

  test('all granted', () => {
    const findings = judgeRights([answered(rule({}), 'dev', 0), answered(rule({}), undefined, 0)], 'ann', 'dev');
    expect(findings).toEqual([{ state: 'ok', message: 'All 4 permissions that GuildNet asks for are there.' }]);
  });

  test.each([
    ['what a host cannot do without', rule({}), 'dev', 'error', 'get, patch deployments.apps in namespace "dev"'],
    [
      'what it can',
      rule({ apiGroups: [''], resources: ['nodes'] }),
      undefined,
      'warning',
      'get, patch nodes in the whole cluster',
    ],
    [
      'a subresource',
      rule({ apiGroups: [''], resources: ['pods/log'] }),
      'dev',
      'warning',
      'get, patch pods/log in namespace "dev"',
    ],
    [
      'a name',
      rule({ resources: ['x'], resourceNames: ['n'] }),
      'dev',
      'warning',
      'get, patch x.apps "n" in namespace "dev"',
    ],
  ])('%s', (_what, one, namespace, state, words) => {
    const [finding] = judgeRights([answered(one, namespace, 2)], 'ann', 'dev');
    expect(finding?.state).toBe(state);
    expect(finding?.message).toBe(`The cluster does not let "ann" ${words}. They are for: A reason.`);
    expect(finding?.remedy).toContain('guildnet rbac --namespace dev');
  });
});
