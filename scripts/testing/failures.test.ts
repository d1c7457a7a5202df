import { describe, expect, it } from 'vitest';
import { failureLines, playwrightFailures, vitestFailures } from './failures.ts';

describe('vitestFailures', () => {
  it('names each test that failed with what it said, and a file that broke without one', () => {
    const passed = { status: 'passed', fullName: 'a works', failureMessages: [] };
    const failed = {
      status: 'failed',
      fullName: 'a breaks',
      failureMessages: ['\u001b[31mexpected 1\u001b[39m\nat x'],
    };
    const report = {
      testResults: [
        { name: 'a.test.ts', status: 'failed', message: '', assertionResults: [passed, failed] },
        { name: 'b.test.ts', status: 'failed', message: 'cannot be imported', assertionResults: [] },
        { name: 'c.test.ts', status: 'passed', message: '', assertionResults: [passed] },
      ],
    };
    expect(vitestFailures(report)).toEqual([
      '✗ a.test.ts › a breaks\n    expected 1\n    at x',
      '✗ b.test.ts\n    cannot be imported',
    ]);
  });

  it('keeps a long message short', () => {
    const assertionResults = [{ status: 'failed', fullName: 'a', failureMessages: ['x'.repeat(100_000)] }];
    const [text] = vitestFailures({ testResults: [{ name: 'a', status: 'failed', assertionResults }] });
    expect(text?.length).toBeLessThan(1_300);
  });
});

describe('playwrightFailures', () => {
  it('finds specs in nested suites, and errors outside of tests', () => {
    const spec = (title: string, ok: boolean) => ({
      title,
      file: 'a.e2e.ts',
      ok,
      tests: [{ results: [{ errors: ok ? [] : [{ message: 'no button' }] }] }],
    });
    const report = {
      suites: [{ specs: [spec('one', true)], suites: [{ specs: [spec('two', false)] }] }],
      errors: [{ message: 'setup' }],
    };
    expect(playwrightFailures(report)).toEqual(['✗ outside of any test\n    setup', '✗ a.e2e.ts › two\n    no button']);
  });
});

describe('failureLines', () => {
  it('says how many it leaves out', () => {
    expect(failureLines(Array.from({ length: 25 }, () => '✗'))).toHaveLength(21);
    expect(failureLines(['✗'])).toEqual(['✗']);
  });
});
