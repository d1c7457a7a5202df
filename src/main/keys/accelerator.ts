/** The part of Electron's `Input` that decides. */
export interface PressedKey {
  type: string;
  key: string;
  code: string;
  control: boolean;
  meta: boolean;
  alt: boolean;
  shift: boolean;
  isAutoRepeat: boolean;
}

export interface Accelerator {
  /** In small letters. */
  key: string;
  control: boolean;
  meta: boolean;
  alt: boolean;
  shift: boolean;
}

/** Leads from an IDE to the app's commands: of no editor, browser or system that was looked at, and with two modifiers that nobody types by accident. */
export const usualPaletteKey = 'CommandOrControl+Alt+G';

/**
 * A key as Electron's menus write it (https://www.electronjs.org/docs/latest/tutorial/keyboard-shortcuts); undefined for what is none, and for a
 * key that people type with: it needs Control, Command or Alt, unless it is a function key.
 */
export function parseAccelerator(text: string, platform: NodeJS.Platform): Accelerator | undefined {
  const parts = text.split('+').map((part) => part.trim().toLowerCase());
  const key = parts.pop();
  if (key === undefined || !/^([a-z0-9]|f([1-9]|1[0-9]|2[0-4])|space|home|end|insert)$/.test(key)) return undefined;
  const found: Accelerator = {
    key: key === 'space' ? ' ' : key,
    control: false,
    meta: false,
    alt: false,
    shift: false,
  };
  for (const part of parts) {
    if (part === 'control' || part === 'ctrl') found.control = true;
    else if (part === 'command' || part === 'cmd' || part === 'super' || part === 'meta') found.meta = true;
    else if (part === 'commandorcontrol' || part === 'cmdorctrl') {
      if (platform === 'darwin') found.meta = true;
      else found.control = true;
    } else if (part === 'alt' || part === 'option') found.alt = true;
    else if (part === 'shift') found.shift = true;
    else return undefined;
  }
  const isTyped = !(found.control || found.meta || found.alt || /^f\d/.test(key));
  return isTyped ? undefined : found;
}

/** Whether a pressed key is the one. By its place as well as by its letter, as Alt makes other letters of them on a Mac. */
export function isPressed(accelerator: Accelerator, pressed: PressedKey): boolean {
  if ((pressed.type !== 'keyDown' && pressed.type !== 'rawKeyDown') || pressed.isAutoRepeat) return false;
  const sameModifiers =
    pressed.control === accelerator.control &&
    pressed.meta === accelerator.meta &&
    pressed.alt === accelerator.alt &&
    pressed.shift === accelerator.shift;
  const { key } = accelerator;
  return sameModifiers && (pressed.key.toLowerCase() === key || pressed.code.toLowerCase() === `key${key}`);
}
