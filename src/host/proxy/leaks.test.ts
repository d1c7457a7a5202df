import { expect, test } from 'vitest';
import { findLeaks } from '#test/proxy/leaks/find-leaks.ts';

/** For a machine that does much else besides. */
const patience = 15 * 60_000;

// Ten times as much of each is `npm run bench:leaks`.
test(
  'a host with a heap of 96 MB lives through 10,000 WebSockets, 10,000 requests and 1,000 aborts, and holds no more than before',
  async () => {
    expect(await findLeaks({ webSockets: 10_000, requests: 10_000, aborts: 1_000 })).toEqual([]);
  },
  patience,
);
