import { expect, test } from 'vitest';
import { execOutcome } from './exec-status.ts';

const failure = (message: string, more: object = {}): string =>
  JSON.stringify({ metadata: {}, status: 'Failure', message, code: 500, ...more });
const nonZero = (code: string): string =>
  failure(`command terminated with exit code ${code}`, {
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: code }] },
  });

test.each([
  { what: 'success', text: '{"metadata":{},"status":"Success"}', outcome: { kind: 'exited', code: 0 } },
  { what: 'an exit code', text: nonZero('3'), outcome: { kind: 'exited', code: 3 } },
  { what: 'a program ended by a signal', text: nonZero('137'), outcome: { kind: 'exited', code: 137 } },
  {
    what: 'runc without the program',
    text: failure(
      'error executing command in container: failed to exec in container: failed to start exec "1": OCI runtime exec failed: exec failed: unable to start container process: exec: "/bin/sh": stat /bin/sh: no such file or directory: unknown',
    ),
    outcome: { kind: 'absent' },
  },
  {
    what: 'runc looking in PATH',
    text: failure(
      'exec failed: unable to start container process: exec: "bash": executable file not found in $PATH: unknown',
    ),
    outcome: { kind: 'absent' },
  },
  {
    what: 'crun',
    text: failure('executable file `/bin/sh` not found: No such file or directory'),
    outcome: { kind: 'absent' },
  },
  {
    what: 'another failure',
    text: failure('container not running (abc)'),
    outcome: { kind: 'failed', message: 'container not running (abc)' },
  },
  { what: 'a code that is none', text: nonZero('many'), outcome: { kind: 'failed' } },
  {
    what: 'no Status at all',
    text: '<html>gateway</html>',
    outcome: { kind: 'failed', message: '<html>gateway</html>' },
  },
  { what: 'nothing', text: '', outcome: { kind: 'failed', message: '' } },
])('$what', ({ text, outcome }) => {
  expect(execOutcome(text)).toMatchObject(outcome);
});
