import { expect, test } from 'vitest';
import { aWorkspace } from '#test/operator/objects.ts';
import { readRecord, recordOf, rememberedRetain } from './home-record.ts';

const claimWith = (text: string) => ({ metadata: { annotations: { 'guildnet.io/home-workspace': text } } });

test('what was written is read again, without our own labels', () => {
  const workspace = aWorkspace(
    { home: { size: '5Gi' }, env: [{ name: 'A', value: '1' }] },
    { labels: { team: 'blue', 'guildnet.io/managed': 'true', 'guildnet.io/id': 'ws' } },
  );
  const record = readRecord(claimWith(recordOf(workspace)));
  expect(record?.spec).toMatchObject(workspace.spec);
  expect(record?.labels).toEqual({ team: 'blue' });
});

test('a spec that is too large for an annotation is remembered without its environment', () => {
  const env = Array.from({ length: 200 }, (_, index) => ({ name: `V${index}`, value: 'x'.repeat(1000) }));
  const record = readRecord(claimWith(recordOf(aWorkspace({ home: { retain: '1h' }, env }))));
  expect(record?.spec).toMatchObject({ image: 'ghcr.io/owner/image:1', home: { retain: '1h' } });
  expect(record?.spec.env).toBeUndefined();
});

test.each(['', '{', '[]', '{"spec":{}}'])('"%s" is no record', (text) => {
  expect(readRecord(claimWith(text))).toBeUndefined();
});

test('a home without a record has none', () => {
  expect(readRecord({ metadata: {} })).toBeUndefined();
});

test.each([
  ['{"spec":{"home":{"retain":"48h"}}}', '48h'],
  ['{"spec":{"image":7,"home":{"retain":"48h","size":[]},"later":true}}', '48h'],
  ['{"spec":{"image":"a"}}', undefined],
  ['{"spec":{"home":{"retain":7}}}', undefined],
  ['{', undefined],
])('%s remembers to keep the home for %s', (text, retain) => {
  expect(rememberedRetain(claimWith(text))).toBe(retain);
});
