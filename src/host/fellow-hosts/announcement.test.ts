import { expect, test } from 'vitest';
import { annotations } from '#contract/annotations.ts';
import { announcementObject, leaseNameOf, parseAnnouncement } from './announcement.ts';

const name = 'ship.tail.test';

/** A Lease as the API server sends it, with what is to be another. */
function lease({
  place = '{"address":"100.64.0.2","cluster_ms":3}',
  holder = name,
  called = leaseNameOf(holder),
}: {
  place?: string;
  holder?: string;
  called?: string;
}): object {
  return {
    metadata: { name: called, resourceVersion: '7', annotations: { [annotations.tailnetHost]: place } },
    spec: { holderIdentity: holder },
  };
}

test('what is announced is read as it was written', () => {
  const written = announcementObject(
    { name, address: '100.64.0.2', clusterMs: 3 },
    { namespace: 'default', epochMs: Date.UTC(2026, 0, 31) },
  );
  expect(written).toMatchObject({ spec: { renewTime: '2026-01-31T00:00:00.000000Z', leaseDurationSeconds: 30 } });
  expect(parseAnnouncement(lease({}))).toEqual({
    value: {
      metadata: { name: leaseNameOf(name), resourceVersion: '7' },
      announcement: { name, address: '100.64.0.2', clusterMs: 3 },
    },
  });
  expect(parseAnnouncement(lease({ place: '{"address":"fd7a::2"}' }))).toMatchObject({
    value: { announcement: { name, address: 'fd7a::2' } },
  });
});

test.each([
  ['no name of a tailnet', lease({ holder: 'ship' })],
  ['a name that leads elsewhere in an address', lease({ holder: 'evil.example/..' })],
  ['a name with a port', lease({ holder: 'ship.tail.test:8443' })],
  ['a name with a user', lease({ holder: 'a@ship.tail.test' })],
  ['capital letters, which would be another name', lease({ holder: 'Ship.tail.test' })],
  ['a Lease of another name', lease({ called: leaseNameOf('box.tail.test') })],
  ['no address', lease({ place: '{"address":"ship.tail.test"}' })],
  ['a time that is none', lease({ place: '{"address":"100.64.0.2","cluster_ms":-1}' })],
  ['no JSON', lease({ place: 'here' })],
  ['nothing', {}],
])('%s is no announcement', (_what, object) => {
  expect(parseAnnouncement(object)).toHaveProperty('problem');
});
