import type { JSX } from 'solid-js';
import { hueOf, initialsOf } from './monogram-of.ts';

/** A tile with a name's initials, in a colour that stays the same for that name. */
export function Monogram(props: { of: string; large?: boolean }): JSX.Element {
  return (
    <span
      aria-hidden="true"
      class="monogram grid shrink-0 place-items-center rounded-lg font-semibold"
      classList={{ 'size-10 text-lg': props.large === true, 'size-8 text-sm': props.large !== true }}
      style={{ '--hue': String(hueOf(props.of)) }}
    >
      {initialsOf(props.of)}
    </span>
  );
}
