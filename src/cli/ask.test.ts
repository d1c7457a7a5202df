import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { askFor, askUnseen } from './ask.ts';

function atTerminal() {
  const stdin = new PassThrough();
  let shown = '';
  const stderr = { write: (text: string | Uint8Array) => ((shown += String(text)), true) };
  const context = { env: {}, root: '/', version: '1', stdout: stderr, stderr, stdin };
  return { context, stdin, shown: () => shown };
}

test.each([
  ['shown', askFor],
  ['unseen', askUnseen],
])('an answer that is %s is told without the blanks around it', async (_what, ask) => {
  const { context, stdin, shown } = atTerminal();
  const answer = ask(context, 'Where?');
  stdin.write(' here \n');
  expect(await answer).toBe('here');
  expect(shown()).toMatch(/^Where\? \n?$/);
});

test.each([
  ['shown', askFor],
  ['unseen', askUnseen],
])('at the end of input an answer that is %s is empty', async (_what, ask) => {
  const { context, stdin } = atTerminal();
  const answer = ask(context, 'Where?');
  stdin.end();
  expect(await answer).toBe('');
});

test('what is not to be seen can be corrected, and is left by Ctrl-C', async () => {
  const { context, stdin } = atTerminal();
  const corrected = askUnseen(context, 'Key?');
  stdin.write('ax\u007fb\r');
  expect(await corrected).toBe('ab');
  const left = askUnseen(context, 'Key?');
  stdin.write('a\u0003');
  await expect(left).rejects.toMatchObject({ exitCode: 130 });
});
