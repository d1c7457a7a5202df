import { describe, expect, test } from 'vitest';
import { actions } from '#contract/grant.ts';
import type { GrantText, Subject } from '#contract/grant.ts';
import type { Peer, Who } from '#contract/identity.ts';
import { decide } from './decide.ts';
import type { NamedCapability, Policy } from './grants.ts';
import type { LaunchFacts, Question, WorkspaceFacts } from './question.ts';

const peer = (more: Partial<Peer> = {}): Peer => ({
  kind: 'peer',
  login: 'anna@example.com',
  device: { name: 'annas-phone', id: 'n1' },
  tags: [],
  capabilities: [],
  ...more,
});
const local: Who = { kind: 'local' };
const anna = peer();
const bob = peer({ login: 'bob@example.com', device: { name: 'bobs-laptop', id: 'n2' } });
const ci = peer({ login: 'tagged-devices', device: { name: 'runner', id: 'n3' }, tags: ['tag:ci'] });
const withCap = (...values: object[]): Peer => peer({ capabilities: values.map((value) => JSON.stringify(value)) });

const ws = (more: Partial<WorkspaceFacts> = {}): WorkspaceFacts => ({
  namespace: 'dev',
  image: 'ghcr.io/team/ide:1',
  labels: { team: 'blue' },
  owner: 'user:anna@example.com',
  ...more,
});
const bobs = ws({ owner: 'user:bob@example.com' });
const nobodys = ws({ owner: undefined });
const launch = (spec: LaunchFacts['spec'] = {}, running = 0): LaunchFacts => ({ spec, running });

const open: Policy = { state: 'known', present: false, capabilities: [] };
const unknown: Policy = { state: 'unknown' };
const everyone: Subject[] = [{ kind: 'Everyone' }];
const cap = (grant: Partial<GrantText>, subjects = everyone, more: Partial<NamedCapability> = {}): NamedCapability => ({
  name: 'c',
  namespace: 'dev',
  subjects,
  grant: { actions: [...actions], ...grant },
  ...more,
});
const known = (...capabilities: NamedCapability[]): Policy => ({ state: 'known', present: true, capabilities });
const user = (name: string): Subject[] => [{ kind: 'User', name }];
const blind = known();

type Row = [who: Who, what: Omit<Question, 'who'>, policy: Policy, answer: string];

/** `+rule` where it is allowed, `-rule` where not. */
function answer([who, what, policy]: Row): string {
  const { allowed, rule } = decide({ who, ...what }, policy);
  return `${allowed ? '+' : '-'}${rule}`;
}

const limited = (constraints: GrantText['constraints']): Policy => known(cap({ constraints }));
const about = (selector: GrantText['selector']): Policy => known(cap({ selector }));
const start = (spec: LaunchFacts['spec'] = {}, running = 0, workspace = ws()): Omit<Question, 'who'> => ({
  action: 'launch',
  workspace,
  launch: launch(spec, running),
});
const cpu = (amount: string): LaunchFacts['spec'] => ({ resources: { limits: { cpu: amount } } });
const memory = (amount: string): LaunchFacts['spec'] => ({ resources: { limits: { memory: amount } } });
const secretEnv: LaunchFacts['spec'] = {
  env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'hers', key: 'k' } } }],
};
const configEnv: LaunchFacts['spec'] = {
  env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'hers', key: 'k' } } }],
};

const shared = (...actions: GrantText['actions']): NamedCapability =>
  cap({ actions, selector: { names: ['one'] } }, user('bob@example.com'), { name: 'share' });
const withShare = (present: boolean, ...given: GrantText['actions']): Policy => ({
  state: 'known',
  present,
  capabilities: [shared(...given)],
});
const one = ws({ name: 'one' });
const two = ws({ name: 'two' });
const all = ['view', 'open', 'launch', 'stop', 'delete'] as const;

const tables: Record<string, Row[]> = {
  'shares, where there is no other policy: they give, and take from nobody': [
    [bob, { action: 'open', workspace: one }, withShare(false, 'view', 'open'), '+open-door'],
    [bob, { action: 'stop', workspace: one }, withShare(false, 'view', 'open'), '-open-door/destructive'],
    [bob, { action: 'stop', workspace: one }, withShare(false, ...all), '+capability/share'],
    [bob, { action: 'delete', workspace: one }, withShare(false, ...all), '+capability/share'],
    [bob, { action: 'admin', workspace: one }, withShare(false, ...all), '-open-door/destructive'],
    [bob, { action: 'stop', workspace: two }, withShare(false, ...all), '-open-door/destructive'],
    [ci, { action: 'stop', workspace: one }, withShare(false, ...all), '-open-door/destructive'],
    [ci, { action: 'open', workspace: one }, withShare(false, ...all), '+open-door'],
    [anna, { action: 'stop', workspace: one }, withShare(false, ...all), '+open-door/owner'],
  ],
  'shares, where there is a policy': [
    [bob, { action: 'view', workspace: one }, withShare(true, 'view', 'open'), '+capability/share'],
    [bob, { action: 'open', workspace: one, opened: 'shell' }, withShare(true, 'view', 'open'), '+capability/share'],
    [bob, { action: 'stop', workspace: one }, withShare(true, 'view', 'open'), '-no-grant'],
    [bob, { action: 'view', workspace: two }, withShare(true, ...all), '-capability/share#selector.names'],
    [ci, { action: 'view', workspace: one }, withShare(true, ...all), '-no-grant'],
    // It starts and changes what is there, and makes nothing new.
    [bob, { action: 'launch' }, withShare(true, ...all), '-capability/share#selector.names'],
    [bob, start({}, 0, ws()), withShare(true, ...all), '-capability/share#selector.names'],
    [bob, start({}, 0, one), withShare(true, ...all), '+capability/share'],
    [
      bob,
      start({ serviceAccountName: 'x' }, 0, one),
      withShare(true, ...all),
      '-capability/share#constraints.serviceAccounts',
    ],
    [bob, { action: 'view' }, withShare(true, ...all), '+capability/share'],
    [withCap({ actions: ['view'] }), { action: 'view', workspace: two }, withShare(false, ...all), '+tailnet/1'],
  ],
  'the local user, whatever the policy': [
    ...actions.flatMap((action): Row[] => [
      [local, { action, workspace: bobs }, open, '+local-user'],
      [local, { action, workspace: bobs }, blind, '+local-user'],
      [local, { action }, unknown, '+local-user'],
    ]),
    [local, start({ serviceAccountName: 'admin' }), blind, '+local-user'],
  ],
  'no policy at all': [
    [anna, { action: 'view', workspace: bobs }, open, '+open-door'],
    [anna, { action: 'view' }, open, '+open-door'],
    [anna, { action: 'launch' }, open, '+open-door'],
    [anna, start(), open, '+open-door'],
    [anna, start({}, 500), open, '+open-door'],
    [anna, { action: 'open', workspace: bobs, opened: 8080 }, open, '+open-door'],
    [anna, { action: 'open', workspace: bobs, opened: 'shell' }, open, '+open-door'],
    [anna, { action: 'stop', workspace: ws() }, open, '+open-door/owner'],
    [anna, { action: 'delete', workspace: ws() }, open, '+open-door/owner'],
    [anna, { action: 'stop', workspace: bobs }, open, '-open-door/destructive'],
    [anna, { action: 'delete', workspace: bobs }, open, '-open-door/destructive'],
    [anna, { action: 'delete', workspace: nobodys }, open, '-open-door/destructive'],
    [anna, { action: 'delete', workspace: ws({ owner: 'local:anna@example.com' }) }, open, '-open-door/destructive'],
    [anna, { action: 'delete', workspace: ws({ owner: 'anna@example.com' }) }, open, '-open-door/destructive'],
    [anna, { action: 'stop' }, open, '+open-door/owner'],
    [anna, { action: 'admin' }, open, '-open-door/destructive'],
    [anna, { action: 'admin', workspace: ws() }, open, '-open-door/destructive'],
    [ci, { action: 'delete', workspace: ws({ owner: 'user:tagged-devices' }) }, open, '-open-door/destructive'],
    [ci, { action: 'delete', workspace: ws({ owner: 'device:n3' }) }, open, '+open-door/owner'],
    [anna, start({ serviceAccountName: 'admin' }), open, '-open-door#serviceAccounts'],
    [anna, start({ nodeSelector: { gpu: 'yes' } }), open, '-open-door#nodeSelector'],
    [anna, start({ envFrom: [{ secretRef: { name: 'hers' } }] }), open, '-open-door#secrets'],
    [anna, start({ envFrom: [{ configMapRef: { name: 'hers' } }] }), open, '-open-door#secrets'],
    [anna, start(secretEnv), open, '-open-door#secrets'],
    [anna, start(configEnv), open, '-open-door#secrets'],
    [anna, start({ imagePullSecrets: [{ name: 'hers' }] }), open, '-open-door#secrets'],
    [anna, start({ tolerations: [{ operator: 'Exists' }] }), open, '-open-door#tolerations'],
    [anna, start({ exposure: { type: 'LoadBalancer' } }), open, '-open-door#exposures'],
    [anna, start({ exposure: { type: 'ClusterIP' } }), open, '+open-door'],
  ],
  'a policy that nobody can read': [
    ...actions.map((action): Row => [anna, { action, workspace: ws() }, unknown, '-policy-unknown']),
    [withCap({ actions: ['view'] }), { action: 'view', workspace: bobs }, unknown, '+tailnet/1'],
    [withCap({ actions: ['view'] }), { action: 'open', workspace: ws() }, unknown, '-no-grant'],
  ],
  'a policy that gives one nothing': [
    ...actions.map((action): Row => [anna, { action, workspace: ws() }, blind, '-no-grant']),
    [anna, { action: 'view', workspace: bobs }, known(cap({}, user('bob@example.com'))), '-no-grant'],
  ],
  subjects: [
    [anna, { action: 'view' }, known(cap({}, user('anna@example.com'))), '+capability/c'],
    [bob, { action: 'view' }, known(cap({}, user('anna@example.com'))), '-no-grant'],
    [anna, { action: 'view' }, known(cap({}, user('ANNA@example.com'))), '-no-grant'],
    [ci, { action: 'view' }, known(cap({}, user('tagged-devices'))), '-no-grant'],
    [ci, { action: 'view' }, known(cap({}, [{ kind: 'Tag', name: 'tag:ci' }])), '+capability/c'],
    [anna, { action: 'view' }, known(cap({}, [{ kind: 'Tag', name: 'tag:ci' }])), '-no-grant'],
    [anna, { action: 'view' }, known(cap({}, [{ kind: 'Device', name: 'n1' }])), '+capability/c'],
    [anna, { action: 'view' }, known(cap({}, [{ kind: 'Device', name: 'annas-phone' }])), '-no-grant'],
    [bob, { action: 'view' }, known(cap({}, [...user('x'), { kind: 'Device', name: 'n2' }])), '+capability/c'],
  ],
  actions: [
    [anna, { action: 'view', workspace: ws() }, known(cap({ actions: ['view'] })), '+capability/c'],
    [anna, { action: 'open', workspace: ws() }, known(cap({ actions: ['view'] })), '-no-grant'],
    [anna, { action: 'view', workspace: ws() }, known(cap({ actions: ['open'] })), '-no-grant'],
    [anna, { action: 'delete', workspace: ws() }, known(cap({ actions: ['stop'] })), '-no-grant'],
    [anna, { action: 'delete', workspace: ws() }, known(cap({ actions: ['admin'] })), '-no-grant'],
    [anna, { action: 'admin' }, known(cap({ actions: ['admin'] })), '+capability/c'],
    [anna, { action: 'view', workspace: ws() }, known(cap({ actions: [] })), '-no-grant'],
  ],
  selectors: [
    [anna, { action: 'view', workspace: ws({ namespace: 'other' }) }, known(cap({})), '-capability/c#namespace'],
    [
      anna,
      { action: 'view', workspace: ws({ namespace: 'other' }) },
      about({ namespaces: ['other', 'dev'] }),
      '-capability/c#namespace',
    ],
    [anna, { action: 'view', workspace: ws() }, about({ namespaces: ['other'] }), '-capability/c#selector.namespaces'],
    [anna, { action: 'view', workspace: ws() }, about({ namespaces: ['dev'] }), '+capability/c'],
    [anna, { action: 'view', workspace: ws() }, about({ namespaces: [] }), '-capability/c#selector.namespaces'],
    [anna, { action: 'view', workspace: ws() }, about({ images: ['ghcr.io/team/*'] }), '+capability/c'],
    [anna, { action: 'view', workspace: ws() }, about({ images: ['alpine'] }), '-capability/c#selector.images'],
    [anna, { action: 'view', workspace: ws() }, about({ images: [] }), '-capability/c#selector.images'],
    [anna, { action: 'view', workspace: ws() }, about({ labels: { team: 'blue' } }), '+capability/c'],
    [anna, { action: 'view', workspace: ws() }, about({ labels: { team: 'red' } }), '-capability/c#selector.labels'],
    [
      anna,
      { action: 'view', workspace: ws() },
      about({ labels: { team: 'blue', tier: 'a' } }),
      '-capability/c#selector.labels',
    ],
    [anna, { action: 'view', workspace: ws() }, about({ owner: 'self' }), '+capability/c'],
    [anna, { action: 'view', workspace: bobs }, about({ owner: 'self' }), '-capability/c#selector.owner'],
    [anna, { action: 'view', workspace: nobodys }, about({ owner: 'self' }), '-capability/c#selector.owner'],
    [ci, { action: 'stop', workspace: ws({ owner: 'device:n3' }) }, about({ owner: 'self' }), '+capability/c'],
    [
      ci,
      { action: 'stop', workspace: ws({ owner: 'user:tagged-devices' }) },
      about({ owner: 'self' }),
      '-capability/c#selector.owner',
    ],
    [anna, { action: 'view' }, about({ owner: 'self' }), '+capability/c'],
    [anna, { action: 'admin', workspace: bobs }, about({ owner: 'self' }), '-capability/c#selector.owner'],
  ],
  'limits of a launch': [
    [anna, start({}, 1), limited({ maxWorkspaces: 2 }), '+capability/c'],
    [anna, start({}, 2), limited({ maxWorkspaces: 2 }), '-capability/c#constraints.maxWorkspaces'],
    [anna, start({}, 0), limited({ maxWorkspaces: 0 }), '-capability/c#constraints.maxWorkspaces'],
    [anna, start(cpu('2')), limited({ cpu: '2000m' }), '+capability/c'],
    [anna, start(cpu('2001m')), limited({ cpu: '2' }), '-capability/c#constraints.cpu'],
    [anna, start(), limited({ cpu: '2' }), '-capability/c#constraints.cpu'],
    [anna, start({ resources: { requests: { cpu: '1' } } }), limited({ cpu: '2' }), '-capability/c#constraints.cpu'],
    [anna, start(memory('1Gi')), limited({ memory: '1Gi' }), '+capability/c'],
    [anna, start(memory('1025Mi')), limited({ memory: '1Gi' }), '-capability/c#constraints.memory'],
    [anna, start(), limited({ memory: '1Gi' }), '-capability/c#constraints.memory'],
    [anna, start(), limited({ images: ['ghcr.io/team/**'] }), '+capability/c'],
    [anna, start(), limited({ images: ['alpine'] }), '-capability/c#constraints.images'],
    [anna, start({ ports: [{ containerPort: 80 }] }), limited({ ports: [80] }), '+capability/c'],
    [
      anna,
      start({ ports: [{ containerPort: 80 }, { containerPort: 22 }] }),
      limited({ ports: [80] }),
      '-capability/c#constraints.ports',
    ],
    [anna, start(), limited({ ports: [80] }), '+capability/c'],
    [anna, start({ serviceAccountName: 'a' }), limited({}), '-capability/c#constraints.serviceAccounts'],
    [anna, start({ serviceAccountName: 'a' }), limited({ serviceAccounts: ['b', 'a'] }), '+capability/c'],
    [anna, start({ nodeSelector: { gpu: 'a' } }), limited({}), '-capability/c#constraints.nodeSelector'],
    [anna, start({ nodeSelector: { gpu: 'a' } }), limited({ nodeSelector: { gpu: 'a' } }), '+capability/c'],
    [
      anna,
      start({ nodeSelector: { gpu: 'a', zone: 'b' } }),
      limited({ nodeSelector: { gpu: 'a' } }),
      '-capability/c#constraints.nodeSelector',
    ],
    [anna, start({ nodeSelector: {} }), limited({}), '+capability/c'],
    [anna, start(secretEnv), limited({}), '-capability/c#constraints.secrets'],
    [anna, start(secretEnv), limited({ secrets: ['hers'] }), '+capability/c'],
    [
      anna,
      start({ envFrom: [{ secretRef: { name: 'hers' } }, { secretRef: { name: 'his' } }] }),
      limited({ secrets: ['hers'] }),
      '-capability/c#constraints.secrets',
    ],
    [anna, start({ imagePullSecrets: [{ name: 'x' }] }), limited({}), '-capability/c#constraints.secrets'],
    [anna, start({ tolerations: [{ key: 'a' }] }), limited({}), '-capability/c#tolerations'],
    [anna, start({ tolerations: [] }), limited({}), '+capability/c'],
    [anna, start({ exposure: { type: 'Ingress', domain: 'x' } }), limited({}), '-capability/c#constraints.exposures'],
    [anna, start({ exposure: { type: 'Ingress', domain: 'x' } }), limited({ exposures: ['Ingress'] }), '+capability/c'],
    [
      anna,
      start({ exposure: { type: 'LoadBalancer' } }),
      limited({ exposures: ['Ingress'] }),
      '-capability/c#constraints.exposures',
    ],
    // Limits of a launch are none of a look.
    [anna, { action: 'view', workspace: ws() }, limited({ maxWorkspaces: 0, cpu: '1' }), '+capability/c'],
  ],
  'what is opened': [
    [anna, { action: 'open', workspace: ws(), opened: 8080 }, limited({ ports: [8080] }), '+capability/c'],
    [
      anna,
      { action: 'open', workspace: ws(), opened: 22 },
      limited({ ports: [8080] }),
      '-capability/c#constraints.ports',
    ],
    [
      anna,
      { action: 'open', workspace: ws(), opened: 'shell' },
      limited({ ports: [8080] }),
      '-capability/c#constraints.ports',
    ],
    [anna, { action: 'open', workspace: ws(), opened: 'shell' }, limited({}), '+capability/c'],
    [anna, { action: 'open', workspace: ws() }, limited({ ports: [8080] }), '+capability/c'],
  ],
  'several grants': [
    [
      anna,
      start({}, 3),
      known(
        cap({ constraints: { maxWorkspaces: 1 } }),
        cap({ constraints: { maxWorkspaces: 5 } }, everyone, { name: 'd' }),
      ),
      '+capability/d',
    ],
    // Never put together from two: the image of one with the room of another.
    [
      anna,
      start({}, 3),
      known(
        cap({ constraints: { maxWorkspaces: 1 } }),
        cap({ constraints: { images: ['alpine'], maxWorkspaces: 5 } }, everyone, { name: 'd' }),
      ),
      '-capability/c#constraints.maxWorkspaces',
    ],
    [
      anna,
      start({}, 3),
      known(cap({}, everyone, { name: 'far', namespace: 'x' }), cap({ constraints: { maxWorkspaces: 1 } })),
      '-capability/c#constraints.maxWorkspaces',
    ],
    [
      withCap({ actions: ['open'] }),
      { action: 'view', workspace: bobs },
      known(cap({ actions: ['view'] })),
      '+capability/c',
    ],
  ],
  "the tailnet's app capability": [
    [withCap({ actions: ['view'] }), { action: 'view', workspace: bobs }, open, '+tailnet/1'],
    // Whom the tailnet's policy gives something has that, and no more.
    [withCap({ actions: ['view'] }), { action: 'launch' }, open, '-no-grant'],
    [withCap({ actions: ['view'] }, { actions: ['open'] }), { action: 'open' }, open, '+tailnet/2'],
    [
      withCap({ actions: ['view'], selector: { namespaces: ['x'] } }),
      { action: 'view', workspace: ws() },
      open,
      '-tailnet/1#selector.namespaces',
    ],
    [
      withCap({ actions: ['fly'] }),
      { action: 'view' },
      open,
      '-tailnet/1#actions.0: Invalid option: expected one of "view"|"launch"|"open"|"stop"|"delete"|"admin"',
    ],
    [
      withCap({ actions: ['view'], selectr: { owner: 'self' } }),
      { action: 'view' },
      open,
      '-tailnet/1#value: Unrecognized key: "selectr"',
    ],
    [peer({ capabilities: ['{'] }), { action: 'view' }, open, '-tailnet/1#no JSON'],
    [peer({ capabilities: ['{', '{"actions":["view"]}'] }), { action: 'view' }, open, '+tailnet/2'],
  ],
};

describe.each(Object.entries(tables))('%s', (_what, rows) => {
  test.each(rows.map((row, index): [number, string, Row] => [index + 1, row[3], row]))('%i: %s', (_n, wanted, row) =>
    expect(answer(row)).toBe(wanted),
  );
});

test('the table has at least a hundred decisions', () => {
  expect(Object.values(tables).flat().length).toBeGreaterThanOrEqual(100);
});
