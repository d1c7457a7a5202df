import { expect, test } from 'vitest';
import { keptShortcuts } from './kept-shortcuts.ts';

function inMemory(before: string | null = null) {
  let kept = before;
  return { getItem: () => kept, setItem: (_key: string, text: string) => void (kept = text) };
}

test('what is chosen is kept, and taken back', async () => {
  const storage = inMemory();
  await keptShortcuts(storage, false).choose({ command: 'palette', accelerator: 'F9' });
  expect(await keptShortcuts(storage, false).state()).toEqual({ isMac: false, chosen: { palette: 'F9' } });
  await keptShortcuts(storage, false).choose({ command: 'palette', accelerator: null });
  expect(await keptShortcuts(storage, false).state()).toEqual({ isMac: false, chosen: {} });
});

test.each(['{', '7', '{"palette":7}', `{"palette":"${'x'.repeat(10_000)}"}`])('%s is begun afresh', async (kept) => {
  expect((await keptShortcuts(inMemory(kept), true).state()).chosen).toEqual({});
});

test('a key that another command has is refused', async () => {
  const actions = keptShortcuts(inMemory(), false);
  await expect(actions.choose({ command: 'palette', accelerator: 'Control+N' })).rejects.toThrow('taken');
});
