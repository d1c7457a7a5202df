import type { PressedKey } from '#contract/shortcuts/accelerator.ts';

/** A key that was pressed in the page, by the names that the app's other parts have for it. */
export function pressedKeyOf(event: KeyboardEvent): PressedKey {
  return {
    type: 'keyDown',
    key: event.key,
    code: event.code,
    control: event.ctrlKey,
    meta: event.metaKey,
    alt: event.altKey,
    shift: event.shiftKey,
    isAutoRepeat: event.repeat,
  };
}
