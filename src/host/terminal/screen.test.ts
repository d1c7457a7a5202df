import { expect, test } from 'vitest';
import { createScreen, scrollbackOf } from './screen.ts';
import type { Screen } from './screen.ts';

const none = { onAnswer: () => undefined, onTaken: () => undefined };

async function shown(screen: Screen, text: string): Promise<string> {
  screen.write(Buffer.from(text));
  await screen.settled();
  return screen.serialize();
}

test('an empty terminal that is given what is kept shows the same, and keeps the same', async () => {
  const size = { cols: 40, rows: 10 };
  const first = createScreen(size, none);
  const text = `${Array.from({ length: 30 }, (_, line) => `\u001b[3${String(line % 8)}mline ${String(line)} ä漢😀\u001b[0m`).join('\r\n')}\r\n\u001b[?1h\u001b[?2004h$ `;
  const kept = await shown(first, text);
  expect(kept).toContain('line 0');
  expect(kept).toContain('line 29');
  const second = createScreen(size, none);
  expect(await shown(second, kept)).toBe(kept);
  // Modes of a program: bracketed paste, application cursor keys.
  expect(kept).toContain('\u001b[?2004h');
  expect(kept).toContain('\u001b[?1h');
  first.close();
  second.close();
});

test('the other screen of an editor is kept beside the first', async () => {
  const screen = createScreen({ cols: 20, rows: 5 }, none);
  const kept = await shown(screen, 'before\r\n\u001b[?1049h\u001b[Hin the editor');
  expect(kept).toContain('before');
  expect(kept).toContain('in the editor');
  screen.close();
});

test('bytes of one character may come in pieces', async () => {
  const screen = createScreen({ cols: 20, rows: 5 }, none);
  const [one, two] = [Buffer.from('漢').subarray(0, 1), Buffer.from('漢').subarray(1)];
  screen.write(one);
  screen.write(two);
  await screen.settled();
  expect(screen.serialize()).toBe('漢');
  screen.close();
});

test('questions are answered, and a title is read', async () => {
  const answers: string[] = [];
  const screen = createScreen({ cols: 20, rows: 5 }, { ...none, onAnswer: (text) => answers.push(text) });
  await shown(screen, '\u001b[6n\u001b]0;me@pod: ~\u0007');
  expect(answers).toEqual(['\u001b[1;1R']);
  expect(screen.title).toBe('me@pod: ~');
  screen.close();
});

test('what is pending is counted down', async () => {
  let taken = 0;
  const screen = createScreen({ cols: 20, rows: 5 }, { ...none, onTaken: () => (taken += 1) });
  screen.write(Buffer.alloc(1000, 'x'));
  expect(screen.pending).toBe(1000);
  await screen.settled();
  expect(screen.pending).toBe(0);
  expect(taken).toBe(1);
  screen.close();
});

test.each([
  { cols: 80, lines: 5_000 },
  { cols: 100, lines: 5_000 },
  { cols: 500, lines: 1_000 },
])('$cols columns have $lines lines of scrollback', ({ cols, lines }) => {
  expect(scrollbackOf({ cols, rows: 24 })).toBe(lines);
});

test('no more lines than that are kept, whatever is printed', async () => {
  const screen = createScreen({ cols: 100, rows: 10 }, none);
  const kept = await shown(screen, Array.from({ length: 6_000 }, (_, line) => `<${String(line)}>`).join('\r\n'));
  expect(kept).toContain('<5999>');
  expect(kept).toContain('<1000>');
  expect(kept).not.toContain('<900>');
  screen.close();
});
