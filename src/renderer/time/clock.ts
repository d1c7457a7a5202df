import { createSignal, onCleanup, type Accessor } from 'solid-js';

/** The time of day in ms since the epoch, renewed every `everyMs` for as long as the calling component lives. */
export function createClock(everyMs: number): Accessor<number> {
  const [now, setNow] = createSignal(Date.now());
  const timer = setInterval(() => setNow(Date.now()), everyMs);
  onCleanup(() => clearInterval(timer));
  return now;
}
