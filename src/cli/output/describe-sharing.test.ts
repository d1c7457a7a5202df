import { expect, test } from 'vitest';
import type { Share } from '#contract/shares.ts';
import { describeSharing } from './describe-sharing.ts';

const share = (more: Partial<Share>): Share => ({
  id: 'share-1',
  workspace: 'ide-1',
  with: { kind: 'User', name: 'anna@example.com' },
  can: 'open',
  ended: false,
  ...more,
});

test('an address with its code, and whom it is shared with', () => {
  const text = describeSharing(
    {
      workspace: 'ide-1',
      address: 'https://box.tail.test:20001/',
      first_visit: 'http://box.tail.test/',
      shares: [
        share({ by: 'local:me' }),
        share({ with: { kind: 'Everyone' }, until: '2027-01-01T00:00:00Z' }),
        share({ with: { kind: 'Device', name: 'n1' }, can: 'admin', until: '2020-01-01T00:00:00Z', ended: true }),
      ],
    },
    '█▀█',
    (iso) => `at ${iso.slice(0, 4)}`,
  );
  expect(text.split('\n').map((line) => line.replaceAll(/ +/g, ' '))).toEqual([
    'ide-1 https://box.tail.test:20001/',
    'a new device first http://box.tail.test/',
    '',
    '█▀█',
    '',
    'WORKSPACE WITH CAN UNTIL BY',
    'ide-1 anna@example.com open revoked local:me',
    'ide-1 everyone open at 2027 -',
    'ide-1 device:n1 admin ended -',
  ]);
});

test('without a tailnet that is said, and what to look at', () => {
  const text = describeSharing({ workspace: 'ide-1', shares: [] }, undefined, String);
  expect(text).toMatch(/on no tailnet.*tailnet status/s);
  expect(text).toContain('shared with nobody');
});
