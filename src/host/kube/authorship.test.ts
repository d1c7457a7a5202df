import { describe, expect, test } from 'vitest';
import { changedBy, hasAnotherAuthor, isTakenOver } from './authorship.ts';

const ours = { manager: 'guildnet-operator', operation: 'Apply', fieldsV1: { 'f:metadata': {}, 'f:spec': {} } };

test.each([
  ['one that says nothing of managers', undefined, false],
  ['ours', [ours], false],
  [
    'ours, of which a controller tells the state',
    [ours, { manager: 'c', subresource: 'status', fieldsV1: { 'f:spec': {} } }],
    false,
  ],
  [
    'ours, with somebody’s annotation',
    [ours, { manager: 'c', fieldsV1: { 'f:metadata': { 'f:annotations': {} } } }],
    false,
  ],
  [
    'a Service of somebody else',
    [{ manager: 'kubectl-create', fieldsV1: { 'f:spec': { 'f:ports': {} } } }, ours],
    true,
  ],
  ['a Secret of somebody else', [{ manager: 'helm', fieldsV1: { 'f:data': {}, 'f:type': {} } }, ours], true],
  ['an empty Secret of somebody else', [{ manager: 'helm', fieldsV1: { 'f:type': {} } }, ours], true],
])('%s', (_what, managedFields, expected) => {
  expect(hasAnotherAuthor({ metadata: { name: 'x', managedFields } })).toBe(expected);
});

describe('who made a field another than we applied it', () => {
  const field = (path: string, rest: object = {}): object => ({ [`f:${path}`]: rest });
  const image = field('spec', field('containers', { 'k:{"name":"workspace"}': field('image') }));
  const apply = { manager: 'guildnet-operator', operation: 'Apply', fieldsV1: image };
  const status = { manager: 'kube-controller-manager', subresource: 'status', fieldsV1: field('spec') };
  const controller = { manager: 'kube-controller-manager', time: '2026-01-09T00:00:00Z', fieldsV1: field('metadata') };
  const by = (manager: string, time: string, fieldsV1: object = {}): object => ({ manager, time, fieldsV1 });
  const steps = [{ field: 'spec' }, { field: 'containers' }, { key: { name: 'workspace' } }, { field: 'image' }];
  const atomic = [{ field: 'spec' }, { field: 'tolerations' }, { index: 0 }, { field: 'key' }];
  const port = [{ field: 'spec' }, { field: 'ports' }, { key: { port: 1, protocol: 'TCP' } }, { field: 'name' }];
  const ports = field('spec', field('ports', { 'k:{"port":1,"protocol":"TCP"}': field('name') }));

  test.each([
    ['admission, which leaves it with us', steps, [status, apply], 'admission'],
    [
      'admission, in a list that is one field',
      atomic,
      [{ ...apply, fieldsV1: field('spec', field('tolerations')) }],
      'admission',
    ],
    ['admission, in an entry with two keys', port, [{ ...apply, fieldsV1: ports }], 'admission'],
    [
      'who has taken it over',
      steps,
      [by('kubectl-edit', '1', image), { ...apply, fieldsV1: {} }],
      { manager: 'kubectl-edit' },
    ],
    ['the later of two', steps, [by('b', '2026-01-02', image), by('a', '2026-01-01', image)], { manager: 'b' }],
    ['who wrote last, of a field that nobody has', steps, [by('a', '1'), by('b', '2'), controller], { manager: 'b' }],
    [
      'a write of ours that was no apply does not count',
      steps,
      [{ ...apply, operation: 'Update' }],
      { manager: 'guildnet-operator' },
    ],
    [
      'another entry of the list',
      [{ field: 'spec' }, { field: 'containers' }, { key: { name: 'x' } }],
      [apply],
      'unknown',
    ],
    ['nobody, where nothing is said', steps, undefined, 'unknown'],
  ])('%s', (_what, path, managedFields, expected) => {
    expect(changedBy({ metadata: { managedFields } }, path)).toEqual(expected);
    const taken = typeof expected === 'object' && _what !== 'who wrote last, of a field that nobody has';
    expect(isTakenOver({ metadata: { managedFields } }, path)).toBe(taken);
  });
});
