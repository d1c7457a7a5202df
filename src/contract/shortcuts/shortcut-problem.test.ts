import { expect, test } from 'vitest';
import { shortcutProblem, type ShortcutProblem } from './shortcut-problem.ts';
import { shortcutCommands, shortcutsOf, usualShortcuts, type ShortcutCommand } from './shortcuts.ts';

test.each<[ShortcutCommand, string, ShortcutProblem | undefined]>([
  ['palette', 'Control+Shift+P', undefined],
  ['palette', '', undefined],
  ['palette', 'P', { why: 'no-key' }],
  ['palette', 'Control+Alt+', { why: 'no-key' }],
  ['palette', 'x'.repeat(200), { why: 'no-key' }],
  ['palette', 'Control+C', { why: 'system' }],
  ['palette', 'Ctrl + V', { why: 'system' }],
  ['palette', 'Alt+F4', { why: 'system' }],
  ['palette', 'Control+N', { why: 'taken', by: 'launch' }],
  ['palette', 'CommandOrControl+Alt+PageUp', { why: 'taken', by: 'previous-tab' }],
  ['undo', 'Control+Z', undefined],
  ['leave-ide', 'Control+P', { why: 'ide' }],
  ['leave-ide', 'F1', { why: 'ide' }],
  ['leave-ide', 'Control+Shift+P', { why: 'ide' }],
  ['leave-ide', 'Alt+Shift+F', { why: 'ide' }],
  ['leave-ide', 'Control+Alt+J', undefined],
  ['leave-ide', 'Control+Shift+F12', undefined],
  ['leave-ide', 'F13', undefined],
  ['split-right', 'Control+Alt+Right', undefined],
])('%s by %s', (command, text, problem) => {
  expect(shortcutProblem(command, text, usualShortcuts, false)).toEqual(problem);
});

test('those that hold by themselves are in nobody’s way, here and on a Mac', () => {
  for (const isMac of [false, true])
    for (const command of shortcutCommands)
      expect(shortcutProblem(command, usualShortcuts[command], usualShortcuts, isMac), command).toBeUndefined();
});

test('what somebody has given up is free for another, also for its old one', () => {
  const now = shortcutsOf({ launch: '', palette: undefined });
  expect(now.palette).toBe(usualShortcuts.palette);
  expect(shortcutProblem('palette', 'Control+N', now, false)).toBeUndefined();
  const swapped = shortcutsOf({ palette: 'Control+N', launch: '' });
  expect(shortcutProblem('launch', 'Control+N', swapped, false)).toEqual({ why: 'taken', by: 'palette' });
});
