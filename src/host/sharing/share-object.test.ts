import { expect, test } from 'vitest';
import { capabilitySpecSchema } from '#contract/capability.ts';
import { GuildNetError } from '#contract/errors.ts';
import { parseCapability } from '../permission/policies.ts';
import { endOf, shareName, shareObject, shareOf, subjectOf } from './share-object.ts';

test.each([
  ['anna@example.com', { kind: 'User', name: 'anna@example.com' }],
  [' user:anna ', { kind: 'User', name: 'anna' }],
  ['tag:ci', { kind: 'Tag', name: 'tag:ci' }],
  ['device:n1', { kind: 'Device', name: 'n1' }],
  ['everyone', { kind: 'Everyone' }],
  ['Everyone', { kind: 'Everyone' }],
])('%j is somebody', (text, subject) => {
  expect(subjectOf(text)).toEqual(subject);
});

test.each([
  ...['', ' ', 'tag:', 'device:', 'user:', 'anna bob', 'a\nb', 'x'.repeat(400)],
  ...['group:dev', 'autogroup:member', 'local:root', '*', 'tag:a\u202eb'],
])('%j is nobody, and that is said with what to give', (text) => {
  expect(() => subjectOf(text)).toThrow(GuildNetError);
  expect(() => subjectOf(text)).toThrow(/is nobody/);
});

const now = Date.UTC(2027, 0, 1);

test.each([
  ['1h', '2027-01-01T01:00:00.000Z'],
  ['90m', '2027-01-01T01:30:00.000Z'],
  ['168h', '2027-01-08T00:00:00.000Z'],
])('%s from now on', (text, end) => {
  expect(endOf(text, now)).toBe(end);
});

test.each([[''], ['0s'], ['soon'], ['-1h'], ['1d'], ['99999h'], ['2027-01-01T00:00:00Z']])('%j is no time', (text) => {
  expect(() => endOf(text, now)).toThrow(/is no time/);
});

const workspace = { name: 'ide-1a2b3', uid: 'u1', namespace: 'dev' };
const share = {
  workspace,
  subject: { kind: 'User', name: 'bob' },
  can: 'open',
  until: '2027-01-01T01:00:00.000Z',
  by: 'user:anna',
} as const;

/** As the API server hands it out. */
function observed(object: object) {
  const { metadata } = object as { metadata: object };
  const read = parseCapability({
    ...object,
    metadata: { ...metadata, uid: 'c', resourceVersion: '1', creationTimestamp: '2027-01-01T00:00:00Z' },
  });
  if ('problem' in read) throw new Error(read.problem);
  return read.value;
}

test('a share is about one workspace, and goes with it', () => {
  const object = shareObject(share);
  expect(capabilitySpecSchema.parse(object.spec)).toEqual({
    subjects: [{ kind: 'User', name: 'bob' }],
    actions: ['view', 'open'],
    selector: { names: ['ide-1a2b3'] },
    until: share.until,
  });
  expect(object.metadata).toMatchObject({
    labels: { 'guildnet.io/share': 'ide-1a2b3' },
    ownerReferences: [{ kind: 'Workspace', name: 'ide-1a2b3', uid: 'u1' }],
  });
});

test.each([
  [now, false],
  [Date.parse(share.until), true],
])('it is read again as what it is, and at %i it has ended: %s', (at, ended) => {
  expect(shareOf(observed(shareObject(share)), at)).toEqual({
    id: shareName(share),
    workspace: 'ide-1a2b3',
    with: share.subject,
    can: 'open',
    until: share.until,
    ended,
    by: 'user:anna',
    created_at: '2027-01-01T00:00:00Z',
  });
  expect(shareOf(observed(shareObject({ ...share, can: 'admin', until: undefined })), at)).toMatchObject({
    can: 'admin',
  });
});

test('the same again has the same name, and another workspace, though it is called so, another', () => {
  const name = shareName(share);
  expect(name).toMatch(/^share-[0-9a-f]{20}$/);
  expect(shareName({ ...share, workspace: { ...workspace, name: 'renamed' } })).toBe(name);
  expect(shareName({ ...share, workspace: { ...workspace, uid: 'u2' } })).not.toBe(name);
  expect(shareName({ ...share, subject: { kind: 'Device', name: 'bob' } })).not.toBe(name);
});

test.each([
  ['without the label', { labels: {} }, {}],
  ['about other workspaces as well', {}, { selector: { names: ['ide-1a2b3', 'other'] } }],
  ['about all', {}, { selector: {} }],
  ['that cannot be read', {}, { actions: ['fly'] }],
])('a Capability %s is no share', (_what, metadata, spec) => {
  const object = shareObject(share);
  const changed = { ...object, metadata: { ...object.metadata, ...metadata }, spec: { ...object.spec, ...spec } };
  expect(shareOf(observed(changed), now)).toBeUndefined();
});
