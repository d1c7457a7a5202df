import { Show, type JSX } from 'solid-js';
import { Icon } from './icons.tsx';
import { t } from '../words/language.ts';

interface ProblemNoteProps {
  /** What went wrong, in two or three words, when `message` alone would not say it. */
  title?: string | undefined;
  /** The machine reason or code, for a search or a bug report. */
  code?: string | undefined;
  message: string;
  remedy?: string | undefined;
  requestId?: string | undefined;
  /** `wait` is for what still goes on and may end well. */
  tone?: 'bad' | 'wait';
  /** Read out at once by screen readers; for answers to something the person just did. */
  alert?: boolean;
  onDismiss?: (() => void) | undefined;
  actions?: JSX.Element;
}

/** A failure where it belongs: what happened and why, what to do about it, and how to find it again. */
export function ProblemNote(props: ProblemNoteProps): JSX.Element {
  const bad = (): boolean => props.tone !== 'wait';
  return (
    <div
      role={props.alert === true ? 'alert' : undefined}
      class="flex items-start gap-2.5 rounded-lg px-3 py-2.5 max-sm:flex-wrap"
      classList={{ 'bg-bad-soft': bad(), 'bg-wait-soft': !bad() }}
    >
      <Icon name="alert" class={`mt-0.5 ${bad() ? 'text-bad-ink' : 'text-wait-ink'}`} />
      <div class="min-w-0 flex-1 select-text max-sm:basis-3/4">
        <p class="font-medium wrap-anywhere" classList={{ 'text-bad-ink': bad(), 'text-wait-ink': !bad() }}>
          <Show when={props.title}>{(title) => <span>{title()}: </span>}</Show>
          {props.message}
        </p>
        <Show when={props.remedy}>{(remedy) => <p class="mt-0.5 wrap-anywhere">{remedy()}</p>}</Show>
        <Show when={props.code !== undefined || props.requestId !== undefined}>
          <p class="mt-1 font-mono text-xs text-muted wrap-anywhere">
            {[props.code, props.requestId === undefined ? undefined : t().frame.request(props.requestId)]
              .filter((part) => part !== undefined)
              .join(' · ')}
          </p>
        </Show>
      </div>
      {props.actions}
      <Show when={props.onDismiss}>
        {(dismiss) => (
          <button
            type="button"
            class="button button-quiet button-square -my-1 -mr-1.5"
            aria-label={t().frame.dismiss}
            onClick={() => dismiss()()}
          >
            <Icon name="close" />
          </button>
        )}
      </Show>
    </div>
  );
}
