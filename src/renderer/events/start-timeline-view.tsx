import { For, Show, type JSX } from 'solid-js';
import { createClock } from '../time/clock.ts';
import { elapsedWords } from '../time/elapsed.ts';
import { t } from '../words/language.ts';
import { totalOf, type Segment } from './start-timeline.ts';

/** Where the time of the last start went: a bar for each of its parts, one below the other along one line of time. */
export function StartTimelineView(props: { segments: readonly Segment[] }): JSX.Element {
  const now = createClock(1_000);
  const total = (): number => totalOf(props.segments, now());
  const longest = (): number => Math.max(...props.segments.map((segment) => lengthOf(segment, now())));
  return (
    <section aria-label={t().workspace.timeline.title}>
      <h2 class="mb-2 flex items-baseline justify-between gap-3 font-medium">
        {t().workspace.timeline.title}
        <span class="font-normal text-muted tabular-nums">{spanWords(total())}</span>
      </h2>
      <ol class="card divide-y divide-line">
        <For each={props.segments}>
          {(segment) => (
            <SegmentRow
              segment={segment}
              begin={props.segments[0]?.from ?? segment.from}
              total={total()}
              now={now()}
              isLongest={lengthOf(segment, now()) === longest()}
            />
          )}
        </For>
      </ol>
    </section>
  );
}

interface SegmentRowProps {
  segment: Segment;
  begin: number;
  total: number;
  now: number;
  isLongest: boolean;
}

function SegmentRow(props: SegmentRowProps): JSX.Element {
  const length = (): number => lengthOf(props.segment, props.now);
  const percent = (ms: number): string => `${String((100 * Math.max(0, ms)) / Math.max(1, props.total))}%`;
  return (
    <li class="flex flex-col gap-1 px-4 py-2.5 select-text">
      <div class="flex items-baseline gap-3">
        <span class="min-w-0 flex-1" classList={{ 'font-medium': props.isLongest }}>
          {t().workspace.timeline.steps[props.segment.step]}
        </span>
        <span class="text-sm text-muted tabular-nums">
          {spanWords(length())}
          <Show when={props.segment.to === undefined}> {t().workspace.timeline.soFar}</Show>
        </span>
      </div>
      <div class="h-1.5 overflow-hidden rounded-full bg-sunken" aria-hidden="true">
        <div
          class="h-full min-w-1 rounded-full"
          classList={{
            'bg-accent': props.isLongest,
            'bg-quiet-dot': !props.isLongest,
            pulse: props.segment.to === undefined,
          }}
          style={{ 'margin-left': percent(props.segment.from - props.begin), width: percent(length()) }}
        />
      </div>
      <Show when={props.segment.detail}>{(detail) => <p class="text-sm wrap-anywhere text-muted">{detail()}</p>}</Show>
    </li>
  );
}

function lengthOf({ from, to }: Segment, now: number): number {
  return Math.max(0, (to ?? now) - from);
}

/** What the cluster tells by the second is not known to be nothing. */
function spanWords(ms: number): string {
  return ms < 1_000 ? t().workspace.timeline.underASecond : elapsedWords(ms);
}
