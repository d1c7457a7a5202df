import { isPressed, parseAccelerator, type PressedKey } from '#contract/shortcuts/accelerator.ts';
import {
  shortcutCommands,
  usualShortcuts,
  type ShortcutCommand,
  type Shortcuts,
} from '#contract/shortcuts/shortcuts.ts';

/** `inText`: the key was pressed where text is typed. */
export type Keystroke = PressedKey & { inText: boolean };

/** What a search in an IDE is for is the desktop's menu to say; a browser has one of its own. */
export type Shortcut = Exclude<ShortcutCommand, 'find'>;

/**
 * What a keystroke in the page asks for, by the keys that hold. `N` alone, where nothing is typed, launches as well, as long as the key for that is
 * the usual one: whoever is in the way of such a key, as people who speak to their computer are, chooses another one or none
 * (https://www.w3.org/TR/WCAG22/#character-key-shortcuts). An IDE is a page of its own and is asked nothing here: its keys are its own.
 */
export function shortcutOf(stroke: Keystroke, shortcuts: Shortcuts, isMac: boolean): Shortcut | undefined {
  if (isPlainN(stroke)) return shortcuts.launch === usualShortcuts.launch ? 'launch' : undefined;
  const found = shortcutCommands.find((command) => {
    const accelerator = parseAccelerator(shortcuts[command], isMac);
    // Who walks the tabs may hold the key.
    const isWalking = command === 'next-tab' || command === 'previous-tab';
    const pressed = isWalking ? { ...stroke, isAutoRepeat: false } : stroke;
    return accelerator !== undefined && isPressed(accelerator, pressed);
  });
  if (found === 'find' || (found === 'undo' && stroke.inText)) return undefined;
  return found;
}

function isPlainN({ key, control, meta, alt, shift, isAutoRepeat, inText }: Keystroke): boolean {
  return key.toLowerCase() === 'n' && !(control || meta || alt || shift || isAutoRepeat || inText);
}
