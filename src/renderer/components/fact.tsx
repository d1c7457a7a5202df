import { Show, type JSX } from 'solid-js';

/** One fact of a `<dl class="facts">`, which is left out where it is not known. */
export function Fact(props: {
  label: string;
  value: string | undefined;
  code?: boolean;
  children?: JSX.Element;
}): JSX.Element {
  return (
    <Show when={props.value}>
      {(value) => (
        <>
          <dt class="text-muted">{props.label}</dt>
          <dd class="min-w-0 wrap-anywhere select-text" classList={{ 'font-mono text-sm': props.code === true }}>
            {value()} {props.children}
          </dd>
        </>
      )}
    </Show>
  );
}

/** Facts one below the other, each with its name before it. */
export function Facts(props: { children: JSX.Element }): JSX.Element {
  return (
    <dl class="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-6 gap-y-1 empty:hidden max-sm:grid-cols-1 max-sm:gap-y-0 max-sm:[&>dd]:mb-1.5">
      {props.children}
    </dl>
  );
}
