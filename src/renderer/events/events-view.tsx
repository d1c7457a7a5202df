import { createSignal, For, onCleanup, Show, type JSX } from 'solid-js';
import { createStore, reconcile } from 'solid-js/store';
import type { WorkspaceEvent } from '#contract/workspace-events.ts';
import { ProblemNote } from '../components/problem-note.tsx';
import { poll } from '../state/poll.ts';
import { toShownProblem, type ShownProblem } from '../problem/shown-problem.ts';
import { useSession } from '../state/session.tsx';
import { createClock } from '../time/clock.ts';
import { elapsedWords } from '../time/elapsed.ts';
import { newestFirst } from './newest-first.ts';
import { startTimeline, type Segment } from './start-timeline.ts';
import { StartTimelineView } from './start-timeline-view.tsx';
import { t } from '../words/language.ts';

const pauseMs = 5_000;

/** What the cluster has told of a workspace and of what belongs to it. Asked for while it is looked at. */
export function EventsView(props: { id: string }): JSX.Element {
  const { host } = useSession().platform;
  const [events, setEvents] = createStore<WorkspaceEvent[]>([]);
  const [isKnown, setIsKnown] = createSignal(false);
  const [problem, setProblem] = createSignal<ShownProblem>();
  const now = createClock(5_000);

  const [segments, setSegments] = createSignal<Segment[]>([]);
  const polling = poll({
    load: async (signal) => {
      const { id } = props;
      const [told, workspace] = await Promise.all([
        host.resources.events({ id }, { signal }),
        host.resources.get({ id }, { signal }),
      ]);
      return { told, workspace };
    },
    onValue: ({ told, workspace }) => {
      setEvents(reconcile(newestFirst(told)));
      setSegments(startTimeline(workspace, told));
      setIsKnown(true);
      setProblem(undefined);
    },
    onProblem: (error) => setProblem(toShownProblem(error)),
    pauseMs,
    isHidden: () => document.hidden,
  });
  onCleanup(() => polling.stop());

  return (
    <section aria-label={t().events.title} class="min-h-0 flex-1 overflow-y-auto -outline-offset-2" tabindex="0">
      <div class="mx-auto flex w-full max-w-4xl flex-col gap-4 px-6 py-8 max-sm:px-4">
        <Show when={problem()}>{(it) => <ProblemNote {...it()} tone="wait" />}</Show>
        <Show when={segments().length > 0}>
          <StartTimelineView segments={segments()} />
        </Show>
        <Show
          when={isKnown()}
          fallback={
            <p class="flex items-center gap-2.5 text-muted">
              <span class="spinner" /> {t().asking.looking}
            </p>
          }
        >
          <Show
            when={events.length > 0}
            fallback={<p class="card px-4 py-8 text-center text-muted">{t().events.nothing}</p>}
          >
            <ul class="card divide-y divide-line" aria-label={t().events.title}>
              <For each={events}>{(event) => <EventRow event={event} now={now()} />}</For>
            </ul>
          </Show>
        </Show>
      </div>
    </section>
  );
}

function EventRow(props: { event: WorkspaceEvent; now: number }): JSX.Element {
  const isWarning = (): boolean => props.event.type === 'Warning';
  return (
    <li class="flex flex-col gap-0.5 px-4 py-2.5 select-text">
      <div class="flex items-baseline gap-2">
        <span class="font-medium" classList={{ 'text-bad-ink': isWarning() }}>
          <Show when={isWarning()}>
            <span class="sr-only">{t().events.warning} </span>
          </Show>
          <span translate="no">{props.event.reason}</span>
        </span>
        <span class="min-w-0 flex-1 truncate font-mono text-xs text-muted">
          {props.event.about.kind}/{props.event.about.name}
        </span>
        <Show when={props.event.count > 1}>
          <span class="text-sm text-muted">{t().events.times(String(props.event.count))}</span>
        </Show>
        <time class="text-sm text-muted tabular-nums" datetime={props.event.last_at} title={props.event.last_at}>
          {t().time.ago(elapsedWords(props.now - Date.parse(props.event.last_at)))}
        </time>
      </div>
      <p class="whitespace-pre-wrap wrap-anywhere" translate="no">
        {props.event.message}
      </p>
    </li>
  );
}
