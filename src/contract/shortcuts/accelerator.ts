/** The part of a pressed key that decides, as Electron's `Input` has it; a page's `KeyboardEvent` says the same by other names. */
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

const knownKey = /^([a-z0-9]|f([1-9]|1[0-9]|2[0-4])|space|home|end|insert|pageup|pagedown|up|down|left|right)$/;

/**
 * A key as Electron's menus write it (https://www.electronjs.org/docs/latest/tutorial/keyboard-shortcuts); undefined for what is none, and for a
 * key that people type with: it needs Control, Command or Alt, unless it is a function key.
 */
export function parseAccelerator(text: string, isMac: boolean): Accelerator | undefined {
  const parts = text.split('+').map((part) => part.trim().toLowerCase());
  const key = parts.pop();
  if (key === undefined || !knownKey.test(key)) return undefined;
  const found: Accelerator = { key, control: false, meta: false, alt: false, shift: false };
  for (const part of parts) {
    if (part === 'control' || part === 'ctrl') found.control = true;
    else if (part === 'command' || part === 'cmd' || part === 'super' || part === 'meta') found.meta = true;
    else if (part === 'commandorcontrol' || part === 'cmdorctrl') {
      if (isMac) found.meta = true;
      else found.control = true;
    } else if (part === 'alt' || part === 'option') found.alt = true;
    else if (part === 'shift') found.shift = true;
    else return undefined;
  }
  const isTyped = !(found.control || found.meta || found.alt || /^f\d/.test(key));
  return isTyped ? undefined : found;
}

/** The inverse of `parseAccelerator`, in one form for each key. */
export function acceleratorText({ key, control, meta, alt, shift }: Accelerator): string {
  // `PageUp` has two capitals.
  const name = key.replace(/^(page)?(\w)/, (_all, page: string | undefined, first: string) =>
    page === undefined ? first.toUpperCase() : `Page${first.toUpperCase()}`,
  );
  const parts = [control && 'Control', meta && 'Command', alt && 'Alt', shift && 'Shift', name];
  return parts.filter((part) => part !== false).join('+');
}

export function isSameAccelerator(one: Accelerator, other: Accelerator): boolean {
  return acceleratorText(one) === acceleratorText(other);
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
  return sameModifiers && (keyName(pressed.key) === key || placeName(pressed.code) === key);
}

/** What somebody has pressed, to be written down; undefined as long as it is a modifier alone, or a key that no accelerator has. */
export function pressedAccelerator(pressed: Omit<PressedKey, 'type' | 'isAutoRepeat'>): string | undefined {
  const { control, meta, alt, shift } = pressed;
  const key = [keyName(pressed.key), placeName(pressed.code)].find((name) => knownKey.test(name));
  return key === undefined ? undefined : acceleratorText({ key, control, meta, alt, shift });
}

/** `KeyboardEvent.key` by the name that accelerators have for it. */
function keyName(key: string): string {
  return key === ' ' ? 'space' : key.toLowerCase().replace(/^arrow/, '');
}

/** The letter or digit that stands at this place (`KeyboardEvent.code`) of a keyboard as it is sold in America. */
function placeName(code: string): string {
  return code.toLowerCase().replace(/^(key|digit)/, '');
}
