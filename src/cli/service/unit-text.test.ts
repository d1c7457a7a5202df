import { expect, test } from 'vitest';
import { unitText } from './unit-text.ts';

const options = { node: '/opt/node', program: '/opt/guildnet/src/cli/main.ts', args: [], env: {}, folder: '/home/me' };
const lineOf = (text: string, key: string): string | undefined => text.split('\n').find((line) => line.startsWith(key));

test('runs the host, again when it fails, with the session', () => {
  const text = unitText(options);
  expect(lineOf(text, 'ExecStart=')).toBe('ExecStart="/opt/node" "/opt/guildnet/src/cli/main.ts" "serve"');
  expect(lineOf(text, 'WorkingDirectory=')).toBe('WorkingDirectory=/home/me');
  expect(text).toContain('Restart=on-failure\n');
  expect(text).toContain('[Install]\nWantedBy=default.target\n');
  expect(text).not.toContain('Environment=');
});

test.each([
  ['a b', '"a b"'],
  ['50%', '"50%%"'],
  ['$HOME', '"$$HOME"'],
  ['say "hi"', String.raw`"say \"hi\""`],
  [String.raw`a\b`, String.raw`"a\\b"`],
])('the argument %j stays what it is', (arg, written) => {
  expect(lineOf(unitText({ ...options, args: [arg] }), 'ExecStart=')?.endsWith(` ${written}`)).toBe(true);
});

test('variables stand as they are, in order', () => {
  const text = unitText({ ...options, env: { KUBECONFIG: '/home/me/my config', A: 'b$c' } });
  expect(text).toContain('Environment="KUBECONFIG=/home/me/my config"\nEnvironment="A=b$c"\nRestart=');
});

test('a folder stands as it is: nothing is unquoted there', () => {
  const text = unitText({ ...options, folder: String.raw`/home/100% m"e\x` });
  expect(lineOf(text, 'WorkingDirectory=')).toBe(String.raw`WorkingDirectory=/home/100%% m"e\x`);
});
