/** How long a person's click or key counts for what the page does with it: Chromium's transient activation. */
const lifetimeMs = 5_000;

/** Input that shows a person at work (HTML, "activation triggering input events"); moving the mouse does not. */
const activating = new Set(['mouseDown', 'keyDown', 'rawKeyDown', 'touchStart', 'touchEnd', 'gestureTap', 'pointerUp']);

/** Knows whether a person has just done something in a page. */
export interface Gesture {
  /** An input event of the page, by Electron's name of its type. */
  saw(type: string): void;
  /** Whether there was one lately that has not been taken yet; takes it. */
  take(): boolean;
}

/** `now` yields milliseconds and never goes back. */
export function createGesture(now: () => number): Gesture {
  let last = Number.NEGATIVE_INFINITY;
  return {
    saw(type) {
      if (activating.has(type)) last = now();
    },
    take() {
      const recent = now() - last <= lifetimeMs;
      last = Number.NEGATIVE_INFINITY;
      return recent;
    },
  };
}
