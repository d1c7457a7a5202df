import { Show, type JSX } from 'solid-js';
import { t } from '../words/language.ts';

interface AmountBarProps {
  label: string;
  requested: number;
  /** 0 where it is not known. */
  whole: number;
  used?: number | undefined;
  words: (amount: number) => string;
}

/** From which part on a node is nearly full. */
const nearlyFull = 0.9;

/** How much of a whole is asked for, as a bar and in words, and a mark where what is really used ends. */
export function AmountBar(props: AmountBarProps): JSX.Element {
  const share = (amount: number): number => (props.whole > 0 ? Math.min(1, amount / props.whole) : 0);
  const percent = (amount: number): string => `${String(share(amount) * 100)}%`;
  return (
    <div class="min-w-0">
      <p class="text-sm font-medium">{props.label}</p>
      <div class="bar my-1" aria-hidden="true">
        <div
          class="h-full rounded-full"
          classList={{
            'bg-accent': share(props.requested) < nearlyFull,
            'bg-wait-dot': share(props.requested) >= nearlyFull,
          }}
          style={{ width: percent(props.requested) }}
        />
        <Show when={props.used !== undefined}>
          <div class="absolute inset-y-0 w-0.5 bg-ink" style={{ left: `calc(${percent(props.used ?? 0)} - 1px)` }} />
        </Show>
      </div>
      <p class="text-xs text-muted tabular-nums">
        {t().capacity.of(props.words(props.requested), props.words(props.whole))}
        <Show when={props.used}>{(used) => <>{` · ${t().capacity.used(props.words(used()))}`}</>}</Show>
      </p>
    </div>
  );
}
