import { isSameAccelerator, parseAccelerator, type Accelerator } from './accelerator.ts';
import {
  shortcutCommands,
  shortcutsOf,
  usualShortcuts,
  type ChosenShortcuts,
  type ShortcutChoice,
  type ShortcutCommand,
  type Shortcuts,
} from './shortcuts.ts';

/** Why a key cannot be had: it is none, the system or every text field has it, it would be taken from IDEs, or another command has it. */
export type ShortcutProblem =
  | { why: 'no-key' }
  | { why: 'system' }
  | { why: 'ide' }
  | { why: 'taken'; by: ShortcutCommand };

/** Of menus and text fields everywhere: who takes one of these cannot copy any more. */
const ofTheSystem = [
  ...['A', 'C', 'V', 'X', 'Z', 'Shift+Z', 'Y', 'Q', '0', 'W', 'H', 'M'].map((key) => `CommandOrControl+${key}`),
  'F11',
  'Alt+F4',
  'Alt+Space',
];

/** What is wrong with this key for this command beside those that hold; undefined for one that is free, or none at all. Pure. */
export function shortcutProblem(
  command: ShortcutCommand,
  text: string,
  now: Shortcuts,
  isMac: boolean,
): ShortcutProblem | undefined {
  if (text === '') return undefined;
  const wanted = parseAccelerator(text, isMac);
  if (wanted === undefined) return { why: 'no-key' };
  const isIt = (other: string): boolean => {
    const parsed = parseAccelerator(other, isMac);
    return parsed !== undefined && isSameAccelerator(parsed, wanted);
  };
  const by = shortcutCommands.find((other) => other !== command && isIt(now[other]));
  if (by !== undefined) return { why: 'taken', by };
  if (isIt(usualShortcuts[command])) return undefined;
  if (ofTheSystem.some(isIt)) return { why: 'system' };
  return command === 'leave-ide' && !isSparedByIdes(wanted) ? { why: 'ide' } : undefined;
}

/** What is chosen once this is as well, or why it cannot be. Pure. */
export function withChoice(
  chosen: ChosenShortcuts,
  { command, accelerator }: ShortcutChoice,
  isMac: boolean,
): { chosen: ChosenShortcuts } | { problem: ShortcutProblem } {
  const problem = accelerator === null ? undefined : shortcutProblem(command, accelerator, shortcutsOf(chosen), isMac);
  return problem === undefined ? { chosen: { ...chosen, [command]: accelerator ?? undefined } } : { problem };
}

/** Editors and shells use nearly all keys with one modifier, and Shift with Control; this key never reaches them. */
function isSparedByIdes({ key, control, meta, alt, shift }: Accelerator): boolean {
  const isFunctionKey = /^f\d/.test(key);
  if (/^f(1[3-9]|2\d)$/.test(key)) return true;
  return (control || meta) && (alt || (shift && isFunctionKey));
}
