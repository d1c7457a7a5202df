import { createSignal, onCleanup, onMount, type Accessor } from 'solid-js';

/** Whether the page is as narrow as a phone's: below Tailwind's `sm`, so that styles (`max-sm:`) and code agree. */
export function createNarrow(): Accessor<boolean> {
  const query = window.matchMedia('(width < 40rem)');
  const [isNarrow, setNarrow] = createSignal(query.matches);
  const onChange = (): void => void setNarrow(query.matches);
  onMount(() => query.addEventListener('change', onChange));
  onCleanup(() => query.removeEventListener('change', onChange));
  return isNarrow;
}
