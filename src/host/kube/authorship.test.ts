import { expect, test } from 'vitest';
import { hasAnotherAuthor } from './authorship.ts';

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
