import { once } from 'node:events';
import { expect, test } from 'vitest';
import { GuildNetError } from '#contract/errors.ts';
import { failed, ok, warning } from './check.ts';
import type { Check } from './check.ts';
import { createPatient, NotReached } from './patient.ts';
import { runChecks } from './run-checks.ts';

const patient = createPatient({
  env: {},
  home: '/nonexistent',
  certsFolder: '/nonexistent/certs',
  config: undefined,
  operator: undefined,
  source: undefined,
  localCluster: undefined,
  namespace: undefined,
});
const one = (id: string, check: Check['check']): Check => ({ id, title: id.toUpperCase(), check });

test('each check is told of, in order, with the worst that it found; one that fails or hangs ends nothing else', async () => {
  let given: AbortSignal | undefined;
  const report = await runChecks(
    [
      one('hangs', async (_patient, signal) => {
        given = signal;
        await once(signal, 'never');
        return [];
      }),
      one('fine', () => Promise.resolve([ok('fine')])),
      one('mixed', () => Promise.resolve([ok('a'), failed('b', 'mend b'), warning('c', 'mend c')])),
      one('throws', () => Promise.reject(new GuildNetError('forbidden', 'no', { remedy: 'ask' }))),
      one('unforeseen', () => Promise.reject(new Error('secret of a library'))),
      one('unreached', () => Promise.reject(new NotReached())),
      { ...one('elsewhere', () => Promise.reject(new Error('never asked'))), inapplicable: () => 'not here' },
    ],
    patient,
    50,
  );
  expect(report.state).toBe('error');
  expect(report.checks.map(({ id, state }) => [id, state])).toEqual([
    ['hangs', 'error'],
    ['fine', 'ok'],
    ['mixed', 'error'],
    ['throws', 'error'],
    ['unforeseen', 'error'],
    ['unreached', 'skipped'],
    ['elsewhere', 'skipped'],
  ]);
  expect(given?.aborted).toBe(true);
  const findings = new Map(report.checks.map(({ id, findings: found }) => [id, found]));
  expect(findings.get('throws')).toEqual([{ state: 'error', message: 'no', remedy: 'ask' }]);
  expect(findings.get('elsewhere')).toEqual([{ state: 'skipped', message: 'not here' }]);
  expect(JSON.stringify(findings.get('unforeseen'))).not.toContain('secret of a library');
  for (const found of report.checks.flatMap((check) => check.findings))
    expect(found.remedy === undefined).toBe(found.state === 'ok' || found.state === 'skipped');
});

test('without checks all is well', async () => {
  expect(await runChecks([], patient, 50)).toEqual({ state: 'ok', checks: [] });
});
