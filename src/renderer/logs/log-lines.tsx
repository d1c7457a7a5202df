import { createEffect, For, on, Show, type JSX } from 'solid-js';
import type { LogLevel, LogLine } from '#contract/logs.ts';
import { clockTime } from './kept-lines.ts';
import { t } from '../words/language.ts';

const inks: Readonly<Record<LogLevel, string>> = {
  debug: 'text-muted',
  info: 'text-ink',
  warn: 'text-wait-ink',
  error: 'text-bad-ink',
};

/** How near to its end the list has to be, in CSS pixels, to stay there when lines come. */
const nearEnd = 24;

interface LogLinesProps {
  lines: readonly LogLine[];
  isWrapped: boolean;
  /** Whether the newest line is kept in sight. */
  isAtEnd: boolean;
  onAtEnd: (isAtEnd: boolean) => void;
  children: JSX.Element;
}

/** The lines of a log, in the order of time, in a place that scrolls. What a program printed is text and nothing else. */
export function LogLines(props: LogLinesProps): JSX.Element {
  let place: HTMLDivElement | undefined;
  createEffect(
    on([() => props.lines, () => props.isAtEnd, () => props.isWrapped], () => {
      if (props.isAtEnd && place !== undefined) place.scrollTop = place.scrollHeight;
    }),
  );
  return (
    <div
      ref={(element) => (place = element)}
      role="log"
      // A program may print faster than anybody can be read to.
      aria-live="off"
      aria-label={t().logs.title}
      tabindex="0"
      class="min-h-0 flex-1 overflow-auto bg-sunken py-2 font-mono text-sm outline-offset-[-2px] select-text"
      onScroll={({ currentTarget: it }) => props.onAtEnd(it.scrollHeight - it.scrollTop - it.clientHeight <= nearEnd)}
    >
      <For each={props.lines} fallback={props.children}>
        {(line) => (
          <Show
            when={line.notice === undefined}
            fallback={
              <p
                class="my-1 border-y border-line bg-surface px-4 py-0.5 font-sans text-muted"
                data-notice={line.notice}
              >
                {line.msg}
              </p>
            }
          >
            <p class="flex gap-3 px-4" data-level={line.lvl}>
              <time class="shrink-0 text-muted tabular-nums select-none" datetime={line.t}>
                {clockTime(line.t)}
              </time>
              <span
                dir="ltr"
                class={`min-w-0 ${inks[line.lvl]}`}
                classList={{ 'whitespace-pre-wrap wrap-anywhere': props.isWrapped, 'whitespace-pre': !props.isWrapped }}
              >
                {line.msg}
              </span>
            </p>
          </Show>
        )}
      </For>
    </div>
  );
}
