import type { JSX } from 'solid-js';

/** What a button with an icon says: on a phone there is room for the icon alone, and the words are its name. */
export function ButtonLabel(props: { children: JSX.Element }): JSX.Element {
  return <span class="max-sm:sr-only">{props.children}</span>;
}
