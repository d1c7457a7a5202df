/** The part of Electron's `Input` that decides. */
export interface Key {
  type: string;
  key: string;
  control: boolean;
  meta: boolean;
  alt: boolean;
  shift: boolean;
}

/** Whether a key leads out of full screen: Escape, as in every browser, and F11, which people try next. */
export function leavesFullScreen({ type, key, control, meta, alt, shift }: Key): boolean {
  if (type !== 'keyDown' && type !== 'rawKeyDown') return false;
  return (key === 'Escape' || key === 'F11') && !(control || meta || alt || shift);
}
