import type { JSX } from 'solid-js';

/** What a button with an icon says: on a phone there is room for the icon alone, and the words are its name. */
export function ButtonLabel(props: {
  children: JSX.Element;
  /** In a bar that has not room for all words, such as beside an open sidebar, it makes room for those that matter more. */
  isFirstToGo?: boolean;
}): JSX.Element {
  return (
    <span class="max-sm:sr-only" classList={{ '@max-7xl:sr-only': props.isFirstToGo === true }}>
      {props.children}
    </span>
  );
}
