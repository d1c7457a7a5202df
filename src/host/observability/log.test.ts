import { expect, test } from 'vitest';
import { createLog, prettyLine } from './log.ts';

function capture(options: { pretty?: boolean } = {}) {
  const lines: string[] = [];
  const log = createLog({ level: 'debug', ...options, destination: { write: (line) => lines.push(line) } });
  return { log, lines };
}

test('secrets are redacted wherever they sit', () => {
  const { log, lines } = capture();
  log.info(
    {
      headers: { authorization: 'Bearer abc', cookie: 'sid=abc', 'set-cookie': ['sid=abc'] },
      password: 'abc',
      spec: { env: [{ name: 'A', value: 'abc' }] },
    },
    'request',
  );
  expect(lines.join('')).not.toContain('abc');
  expect(lines.join('')).toContain('[redacted]');
});

test('a pretty line carries level, text, fields and the stack of an error', () => {
  const { log, lines } = capture({ pretty: true });
  log.warn({ id: 'x-12345', err: new Error('boom') }, 'lost it');
  expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d\.\d{3} WARN lost it id=x-12345\n {4}Error: boom\n/);
});

test('an ordinary pretty line has no level', () => {
  expect(prettyLine(JSON.stringify({ level: 30, time: 0, msg: 'ready', port: 1 }))).toBe('00:00:00.000 ready port=1\n');
});

test('a pretty line cannot deceive a terminal', () => {
  const { log, lines } = capture({ pretty: true });
  log.warn({ reason: 'the image "a:\u202e1.0" \u001b[2J', err: new Error('\u2066boom') }, 'failed');
  expect(lines[0]).toMatch(/ WARN failed reason=the image "a:1\.0" \[2J\n {4}Error: boom\n/);
  // oxlint-disable-next-line no-control-regex -- they are what must not be there
  expect(lines.join('')).not.toMatch(/[\u001b\u202e\u2066]/);
});
