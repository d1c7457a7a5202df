import type { V1PersistentVolumeClaim } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { aWorkspace } from '#test/operator/objects.ts';
import { recordOf } from '../operator/home/home-record.ts';
import { toHome } from './home-view.ts';

const claim = (
  annotations: Record<string, string> = {},
  more: Partial<V1PersistentVolumeClaim> = {},
): V1PersistentVolumeClaim => ({
  metadata: {
    name: 'ws-home',
    labels: { 'guildnet.io/managed': 'true', 'guildnet.io/id': 'ws' },
    annotations,
    creationTimestamp: new Date('2026-01-01T00:00:00Z'),
  },
  spec: { storageClassName: 'fast', resources: { requests: { storage: '10Gi' } } },
  ...more,
});
const until = { 'guildnet.io/home-retain-until': '2026-03-08T12:00:00+00:00' };
const common = { id: 'ws', size: '10Gi', storage_class: 'fast', created_at: '2026-01-01T00:00:00.000Z' };

test.each<[string, V1PersistentVolumeClaim, boolean, object | undefined]>([
  ['in use', claim(until), true, { ...common, state: 'used' }],
  ['kept', claim(until), false, { ...common, state: 'kept', retained_until: '2026-03-08T12:00:00.000Z' }],
  ['kept for ever', claim({ 'guildnet.io/home-retain-until': 'never' }), false, { ...common, state: 'kept' }],
  [
    'kept, of a known workspace',
    claim({ 'guildnet.io/home-workspace': recordOf(aWorkspace({ home: {} })) }),
    false,
    { ...common, state: 'kept', image: 'ghcr.io/owner/image:1' },
  ],
  [
    'as large as it came out',
    claim({}, { status: { capacity: { storage: '16Gi' } } }),
    true,
    { ...common, size: '16Gi', state: 'used' },
  ],
  ["a stranger's", { metadata: { name: 'data' } }, false, undefined],
])('%s', (_what, it, exists, home) => {
  expect(toHome(it, exists)).toEqual(home);
});
