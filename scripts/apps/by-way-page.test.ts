import { expect, test } from 'vitest';
import type { Finding } from '#test/apps/finding.ts';
import { byWayPage, isWay } from './by-way-page.ts';

const run = (day: string, ...found: Partial<Finding>[]): unknown => ({
  stats: { startTime: `${day}T03:04:05.000Z` },
  suites: [
    {
      specs: found.map((one) => ({
        title: 'tab',
        tests: [
          {
            results: [
              {
                status: 'passed',
                annotations: [
                  {
                    type: 'app',
                    description: JSON.stringify({
                      app: 'Pad',
                      version: '1',
                      place: 'tab',
                      works: ['writes'],
                      fails: [],
                      ...one,
                    }),
                  },
                ],
              },
            ],
          },
        ],
      })),
    },
  ],
});
const table = (page: string): string[] => page.split('\n').filter((line) => /^\| (Pad|Quill)/.test(line));

test('a run by one way writes its column, and leaves what others found', () => {
  const first = byWayPage('', 'channels', run('2026-01-01', {}, { app: 'Quill' }));
  expect(table(first)).toEqual([
    '| Pad | – | – | 1 of 1 (2026-01-01) | – | – |',
    '| Quill | – | – | 1 of 1 (2026-01-01) | – | – |',
  ]);
  const fails = [{ does: 'prints', why: 'no | socket' }];
  const second = byWayPage(first, 'pod-proxy', run('2026-01-02', { fails }));
  expect(table(second)).toEqual([
    '| Pad | – | – | 1 of 1 (2026-01-01) | 1 of 2 (2026-01-02): prints: no \\| socket | – |',
    '| Quill | – | – | 1 of 1 (2026-01-01) | – | – |',
  ]);
  const third = byWayPage(second, 'pod-proxy', run('2026-01-03', {}));
  expect(table(third)[0]).toBe('| Pad | – | – | 1 of 1 (2026-01-01) | 1 of 1 (2026-01-03) | – |');
});

test('ways are those that there are', () => {
  expect(['spdy', 'direct', 'toString', 'x'].map(isWay)).toEqual([true, true, false, false]);
});
