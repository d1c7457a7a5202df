import { Progress as Bar } from '@kobalte/core/progress';
import { Show, type JSX } from 'solid-js';
import type { Progress } from '#contract/progress.ts';
import { timeLeft } from '#contract/time-left.ts';
import { amountOf } from './progress-amount.ts';

/** A long piece of work: its step, what happens inside it, and how far it is where that is known. */
export function ProgressBar(props: { progress: Progress; elapsed?: string }): JSX.Element {
  const total = (): number | undefined => (props.progress.done === undefined ? undefined : props.progress.total);
  const left = (): string | undefined =>
    props.progress.secondsLeft === undefined ? undefined : timeLeft(props.progress.secondsLeft);
  return (
    <Bar
      value={props.progress.done ?? 0}
      minValue={0}
      maxValue={total() ?? 1}
      indeterminate={total() === undefined}
      getValueLabel={() => amountOf(props.progress) ?? props.progress.step}
      class="w-full"
    >
      <div class="flex items-baseline justify-between gap-4">
        <Bar.Label class="truncate font-medium">{props.progress.step}</Bar.Label>
        <span class="shrink-0 text-sm text-muted tabular-nums">
          {[amountOf(props.progress), left(), props.elapsed].filter((part) => part !== undefined).join(' · ')}
        </span>
      </div>
      <Bar.Track class="bar mt-1.5">
        <Bar.Fill class="bar-fill" />
      </Bar.Track>
      <Show when={props.progress.detail}>
        {(detail) => <p class="mt-1 truncate font-mono text-xs text-muted">{detail()}</p>}
      </Show>
    </Bar>
  );
}
