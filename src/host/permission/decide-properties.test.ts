import { expect, test } from 'vitest';
import { actions } from '#contract/grant.ts';
import type { GrantText } from '#contract/grant.ts';
import { createRandom } from '#test/simulation/random.ts';
import type { Random } from '#test/simulation/random.ts';
import { decide } from './decide.ts';
import type { NamedCapability, Policy } from './grants.ts';
import type { Question } from './question.ts';

/*
 * Questions and policies out of few words, so that they meet often. Equal seeds give equal runs.
 */
const namespaces = ['dev', 'prod'] as const;
const images = ['alpine', 'ghcr.io/team/ide:1', 'ghcr.io/other/x'] as const;
const logins = ['anna', 'bob'] as const;

function maybe<T>(random: Random, make: () => T): T | undefined {
  return random.chance(0.3) ? make() : undefined;
}

function some<T>(random: Random, items: readonly T[]): T[] {
  return items.filter(() => random.chance(0.5));
}

/** Without the fields that were not drawn. */
function given<T extends object>(fields: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}

function someGrant(random: Random): GrantText {
  return {
    actions: some(random, actions),
    selector: given({
      names: maybe(random, () => some(random, ['one', 'two'])),
      images: maybe(random, () => some(random, ['alpine', 'ghcr.io/team/*', '**'])),
      namespaces: maybe(random, () => some(random, namespaces)),
      labels: maybe(random, () => ({ team: random.pick(['blue', 'red']) })),
      owner: maybe(random, () => 'self' as const),
    }),
    constraints: given({
      maxWorkspaces: maybe(random, () => random.between(0, 3)),
      cpu: maybe(random, () => String(random.between(1, 3))),
      ports: maybe(random, () => some(random, [22, 8080])),
      images: maybe(random, () => some(random, ['alpine', 'ghcr.io/**'])),
      serviceAccounts: maybe(random, () => some(random, ['a', 'b'])),
      secrets: maybe(random, () => some(random, ['s'])),
    }),
  };
}

function someCapability(random: Random, name: string): NamedCapability {
  const subjects = random.chance(0.3)
    ? [{ kind: 'Everyone' as const }]
    : some(random, logins).map((login) => ({ kind: 'User' as const, name: login }));
  return { name, namespace: random.pick(namespaces), subjects, grant: someGrant(random) };
}

function someQuestion(random: Random): Question {
  const action = random.pick(actions);
  return {
    who: {
      kind: 'peer',
      login: random.pick(logins),
      device: { name: 'd', id: 'n' },
      tags: [],
      capabilities: random.chance(0.3) ? [JSON.stringify(someGrant(random))] : [],
    },
    action,
    workspace: {
      name: maybe(random, () => random.pick(['one', 'two'])),
      namespace: random.pick(namespaces),
      image: random.pick(images),
      labels: { team: random.pick(['blue', 'red']) },
      owner: `user:${random.pick(logins)}`,
    },
    ...(action !== 'launch'
      ? {}
      : {
          launch: {
            running: random.between(0, 3),
            spec: given({
              ports: maybe(random, () => [{ containerPort: random.pick([22, 8080]) }]),
              resources: maybe(random, () => ({ limits: { cpu: String(random.between(1, 4)) } })),
              serviceAccountName: maybe(random, () => random.pick(['a', 'b', 'c'])),
              envFrom: maybe(random, () => [{ secretRef: { name: random.pick(['s', 't']) } }]),
            }),
          },
        }),
    ...(action === 'open' ? { opened: random.pick([22, 8080, 'shell' as const]) } : {}),
  };
}

function somePolicy(random: Random): Extract<Policy, { state: 'known' }> {
  const capabilities = Array.from({ length: random.between(0, 4) }, (_one, at) =>
    someCapability(random, `c${String(at)}`),
  );
  return { state: 'known', present: true, capabilities };
}

function* cases(seed: number, many = 4_000): Generator<Random> {
  for (let at = 0; at < many; at += 1) yield createRandom(seed + at);
}

test('no grant that is added takes a right away', () => {
  let gained = 0;
  for (const random of cases(1)) {
    // Shares are grants where there is no policy, too.
    const [question, policy] = [someQuestion(random), { ...somePolicy(random), present: random.chance(0.7) }];
    const before = decide(question, policy);
    const more = { ...policy, capabilities: [someCapability(random, 'more'), ...policy.capabilities] };
    const after = decide(question, more);
    if (before.allowed) expect(after.allowed, JSON.stringify({ question, more })).toBe(true);
    else if (after.allowed) gained += 1;
    const { who } = question;
    if (who.kind !== 'peer' || who.capabilities.length === 0 || !before.allowed) continue;
    const richer = { ...who, capabilities: [...who.capabilities, JSON.stringify(someGrant(random))] };
    expect(decide({ ...question, who: richer }, policy).allowed).toBe(true);
  }
  // Otherwise nothing was tried.
  expect(gained).toBeGreaterThan(50);
});

test('no Capability reaches beyond its namespace', () => {
  let inside = 0;
  for (const random of cases(100_000)) {
    const question = someQuestion(random);
    const { who } = question;
    const bare = { ...question, who: who.kind === 'peer' ? { ...who, capabilities: [] } : who };
    const policy = somePolicy(random);
    const elsewhere = policy.capabilities.filter(({ namespace }) => namespace !== question.workspace?.namespace);
    expect(decide(bare, { ...policy, capabilities: elsewhere }).allowed).toBe(false);
    if (decide(bare, policy).allowed) inside += 1;
  }
  expect(inside).toBeGreaterThan(50);
});

test('a denial names a rule, and an allowance a grant that is there', () => {
  for (const random of cases(200_000)) {
    const [question, policy] = [someQuestion(random), somePolicy(random)];
    const { allowed, rule, reason } = decide(question, policy);
    const names = [...policy.capabilities.map(({ name }) => `capability/${name}`), 'tailnet/1'];
    const [grant = '', field] = rule.split('#');
    if (allowed) expect(names).toContain(rule);
    else if (rule !== 'no-grant')
      expect([names.includes(grant), field]).toEqual([true, expect.stringMatching(/^[a-z]/)]);
    expect(reason).not.toBe('');
  }
});
