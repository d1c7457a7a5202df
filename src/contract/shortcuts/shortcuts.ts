import { z } from 'zod';
import { longest, textOf } from '../bounded.ts';

const accelerator = textOf(longest.label).optional();

/** The keys that a person has chosen, as Electron writes accelerators, by what they do; empty: none. What is absent is as it always is. */
export const chosenShortcutsSchema = z.object({
  palette: accelerator,
  'leave-ide': accelerator,
  launch: accelerator,
  find: accelerator,
  undo: accelerator,
  'next-tab': accelerator,
  'previous-tab': accelerator,
  'close-tab': accelerator,
  'reopen-tab': accelerator,
  'split-right': accelerator,
  'split-below': accelerator,
  'end-split': accelerator,
  'pop-out': accelerator,
});
export type ChosenShortcuts = z.infer<typeof chosenShortcutsSchema>;

export const shortcutCommandSchema = chosenShortcutsSchema.keyof();
export type ShortcutCommand = z.infer<typeof shortcutCommandSchema>;
export const shortcutCommands = shortcutCommandSchema.options;

export type Shortcuts = Readonly<Record<ShortcutCommand, string>>;

/**
 * `leave-ide` leads from an IDE to the app's commands and is the one key that an IDE is not asked about: of no editor, browser or system that was
 * looked at, and with two modifiers that nobody types by accident. All others are had by the IDE first.
 */
export const usualShortcuts: Shortcuts = {
  palette: 'CommandOrControl+K',
  'leave-ide': 'CommandOrControl+Alt+G',
  launch: 'CommandOrControl+N',
  find: 'CommandOrControl+F',
  undo: 'CommandOrControl+Z',
  'next-tab': 'CommandOrControl+Alt+PageDown',
  'previous-tab': 'CommandOrControl+Alt+PageUp',
  'close-tab': 'CommandOrControl+Alt+W',
  'reopen-tab': 'CommandOrControl+Alt+Shift+W',
  'split-right': '',
  'split-below': '',
  'end-split': '',
  'pop-out': '',
};

/** What holds, with what was chosen. */
export function shortcutsOf(chosen: ChosenShortcuts): Shortcuts {
  const said = Object.fromEntries(Object.entries(chosen).filter(([, text]) => text !== undefined));
  return { ...usualShortcuts, ...said };
}

/** `isMac`: whether the person's keyboard has ⌘, which `CommandOrControl` means there. */
export const shortcutStateSchema = z.object({ isMac: z.boolean(), chosen: chosenShortcutsSchema });
export type ShortcutState = z.infer<typeof shortcutStateSchema>;

/** `accelerator` null: as it always is. */
export const shortcutChoiceSchema = z.object({
  command: shortcutCommandSchema,
  accelerator: textOf(longest.label).nullable(),
});
export type ShortcutChoice = z.infer<typeof shortcutChoiceSchema>;
