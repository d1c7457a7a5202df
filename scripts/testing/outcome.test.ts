import { describe, expect, it } from 'vitest';
import { playwrightOutcome, runnerOutcome, vitestOutcome } from './outcome.ts';

const vitest = (files: { status: string; assertionResults: { status: string }[] }[], counts = {}) => ({
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 1,
  numTodoTests: 1,
  testResults: files.map(({ status, assertionResults }) => ({
    name: 'a.test.ts',
    status,
    assertionResults: assertionResults.map((test) => ({ ...test, fullName: 'a test' })),
  })),
  ...counts,
});
const passed = { status: 'passed', assertionResults: [{ status: 'passed' }] };
const failed = { status: 'failed', assertionResults: [{ status: 'passed' }, { status: 'failed' }] };
const broken = { status: 'failed', assertionResults: [{ status: 'skipped' }] };

describe('vitestOutcome', () => {
  it.each([
    ['all passed', vitest([passed]), { passed: 3, failed: 0, skipped: 2 }],
    ['one failed', vitest([passed, failed], { numFailedTests: 1 }), { passed: 3, failed: 1, skipped: 2 }],
    [
      'a file without tests broke',
      vitest([{ status: 'failed', assertionResults: [] }]),
      { passed: 3, failed: 1, skipped: 2 },
    ],
    ['a hook broke', vitest([broken, failed], { numFailedTests: 1 }), { passed: 3, failed: 2, skipped: 2 }],
  ])('%s', (_, report, expected) => {
    expect(vitestOutcome(report)).toMatchObject(expected);
    expect(vitestOutcome(report).failures).toHaveLength(expected.failed);
  });
});

describe('playwrightOutcome', () => {
  it('counts flaky tests and errors outside of tests as failures', () => {
    const report = { stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 }, errors: [{ message: 'setup' }] };
    expect(playwrightOutcome(report)).toMatchObject({ passed: 4, failed: 3, skipped: 2 });
  });
});

describe('runnerOutcome', () => {
  const good = JSON.stringify(vitest([passed]));
  it.each([
    ['no report', undefined, 0, { passed: 0, failed: 1, skipped: 0 }],
    ['half a report', good.slice(0, 20), 0, { passed: 0, failed: 1, skipped: 0 }],
    ['a good report', good, 0, { passed: 3, failed: 0, skipped: 2 }],
    ['a good report and a bad ending', good, 1, { passed: 3, failed: 1, skipped: 2 }],
  ])('%s', (_, text, code, expected) => {
    expect(runnerOutcome(vitestOutcome, text, code)).toMatchObject(expected);
  });
});
