import { expect, test } from 'vitest';
import type { NamedCapability } from './grants.ts';
import { countingAt, nextInForce, parseCapability } from './policies.ts';
import type { ObservedCapability } from './policies.ts';

const object = (spec: unknown, uid = 'u'): object => ({
  metadata: { name: 'c', namespace: 'dev', uid, resourceVersion: '1' },
  spec,
});
const good = { subjects: [{ kind: 'Everyone' }], actions: ['view'] };

function observed(spec: unknown, uid?: string): ObservedCapability {
  const read = parseCapability(object(spec, uid));
  if ('problem' in read) throw new Error(read.problem);
  return read.value;
}

const actionsOf = (inForce: ReadonlyMap<string, { capability: NamedCapability }>): unknown =>
  inForce.get('c')?.capability.grant.actions;

test.each([
  [{ ...good, actions: ['fly'] }, 'spec.actions.0: Invalid option'],
  [{ ...good, subjects: [{ kind: 'User' }] }, 'spec.subjects.0.name: every subject but Everyone has a name'],
  [{ ...good, subjects: [{ kind: 'Everyone', name: 'x' }] }, 'spec.subjects.0.name: every subject but Everyone'],
  [{ ...good, constraints: { maxWorkspace: 1 } }, 'spec.constraints: Unrecognized key: "maxWorkspace"'],
  [{ ...good, constraints: { cpu: 'many' } }, 'spec.constraints.cpu: Invalid string'],
  [{ ...good, selector: { owner: 'bob' } }, 'spec.selector.owner: Invalid'],
  [{ actions: ['view'] }, 'spec.subjects: Invalid input'],
  [undefined, 'spec.: Invalid input'],
])('%j is refused whole, and the field is named', (spec, problem) => {
  const { read } = observed(spec);
  expect('problem' in read ? read.problem : 'none').toContain(problem);
});

test('what cannot be read any more counts as it did before; what is new or another does not count', () => {
  const first = nextInForce(new Map(), [observed(good)]);
  expect(actionsOf(first)).toEqual(['view']);
  const bad = { ...good, actions: ['view', 'fly'] };
  expect(actionsOf(nextInForce(first, [observed(bad)]))).toEqual(['view']);
  // Deleted and made anew: the one before is no longer there.
  expect(actionsOf(nextInForce(first, [observed(bad, 'v')]))).toBeUndefined();
  expect(actionsOf(nextInForce(new Map(), [observed(bad)]))).toBeUndefined();
  expect(actionsOf(nextInForce(first, [observed({ ...good, actions: ['open'] })]))).toEqual(['open']);
  expect(nextInForce(first, []).size).toBe(0);
});

test('what has an end counts until then, and the next end is known', () => {
  const until = (name: string, end: number | undefined): NamedCapability => ({
    name,
    namespace: 'dev',
    subjects: [{ kind: 'Everyone' }],
    grant: { actions: ['view'] },
    until: end,
  });
  const all = [until('a', 100), until('b', 300), until('c', undefined)];
  const at = (now: number): unknown[] => {
    const { counting, nextEnd } = countingAt(all, now);
    return [counting.map(({ name }) => name).join(''), nextEnd];
  };
  expect([0, 99, 100, 299, 300].map(at)).toEqual([
    ['abc', 100],
    ['abc', 100],
    ['bc', 300],
    ['bc', 300],
    ['c', undefined],
  ]);
  const read = nextInForce(new Map(), [observed({ ...good, until: '2027-01-01T00:00:00Z' })]);
  expect(read.get('c')?.capability.until).toBe(Date.UTC(2027, 0, 1));
  expect(read.get('c')?.capability.grant).toEqual({ actions: ['view'] });
  expect('problem' in observed({ ...good, until: 'tomorrow' }).read).toBe(true);
});
