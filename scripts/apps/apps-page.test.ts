import { expect, test } from 'vitest';
import type { Finding } from '#test/apps/finding.ts';
import { appsPage } from './apps-page.ts';

const finding = (place: Finding['place'], more: Partial<Finding> = {}): Finding => ({
  app: 'Pad',
  version: '1.2',
  place,
  works: ['writes', 'reads'],
  fails: [],
  ...more,
});

function report(...results: { finding: Finding; status?: string; message?: string }[]): unknown {
  const specs = results.map(({ finding: found, status = 'passed', message }) => ({
    title: found.place,
    tests: [
      {
        results: [
          {
            status,
            annotations: [{ type: 'app', description: JSON.stringify(found) }],
            ...(message === undefined ? {} : { error: { message } }),
          },
        ],
      },
    ],
  }));
  return { stats: { startTime: '2026-01-02T03:04:05.000Z' }, suites: [{ suites: [{ specs }] }] };
}

const table = (page: string): string[] => page.split('\n').filter((line) => line.startsWith('| Pad'));

test('places in which an application fares alike share a line', () => {
  const page = appsPage(report({ finding: finding('window') }, { finding: finding('frame') }));
  expect(page).toContain('Last run: 2026-01-02');
  expect(table(page)).toEqual(['| Pad | 1.2 | frame, window | writes; reads | – |']);
});

test('what does not work stands there with its reason', () => {
  const fails = [{ does: 'prints', why: 'no | printer' }];
  expect(table(appsPage(report({ finding: finding('path', { fails }) })))).toEqual([
    '| Pad | 1.2 | path form | writes; reads | prints: no \\| printer |',
  ]);
});

test('a test that broke is not told as one that works', () => {
  const broken = {
    finding: finding('tab', { works: ['writes'] }),
    status: 'failed',
    message: '\u001b[31mNo.\u001b[0m\nat',
  };
  expect(table(appsPage(report(broken)))).toEqual(['| Pad | 1.2 | tab | writes | broke: No. |']);
});

test('what several tests found in one place stands together, and what broke in either', () => {
  const more = { finding: finding('tab', { works: ['comes back'] }), status: 'failed', message: 'No.' };
  expect(table(appsPage(report({ finding: finding('tab') }, more)))).toEqual([
    '| Pad | 1.2 | tab | writes; reads; comes back | broke: No. |',
  ]);
});
