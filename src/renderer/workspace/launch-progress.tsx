import { A } from '@solidjs/router';
import { For, Show, type JSX } from 'solid-js';
import type { Server } from '#contract/server.ts';
import { Icon } from '../components/icons.tsx';
import { useSession } from '../state/session.tsx';
import { createClock } from '../time/clock.ts';
import { stopwatchWords } from '../time/elapsed.ts';
import { FailureNote } from './failure-note.tsx';
import { phaseWords, stepsOf, type Step } from './phase-words.ts';
import { t } from '../words/language.ts';

/** A workspace that does not run yet, or not any more: what is happening, for how long, and what stands in the way. */
export function LaunchProgress(props: { server: Server }): JSX.Element {
  const { whyNot } = useSession();
  const words = (): ReturnType<typeof phaseWords> => phaseWords(props.server);
  return (
    <div class="mx-auto flex w-full max-w-xl flex-col gap-5 px-6 py-14 max-sm:px-4 max-sm:py-6">
      <div>
        <div class="flex items-baseline justify-between gap-4">
          <h2 class="text-xl font-semibold tracking-tight">{words().title}</h2>
          <Show when={words().isMoving}>
            <Stopwatch id={props.server.id} />
          </Show>
        </div>
        <p class="mt-1 text-muted">{words().text}</p>
      </div>
      <FailureNote server={props.server} />
      <Show when={stepsOf(props.server.phase)}>
        {(steps) => (
          <ol class="flex flex-col gap-2.5" aria-label={t().workspace.stepsTitle}>
            <For each={steps()}>{(step) => <StepLine step={step} />}</For>
          </ol>
        )}
      </Show>
      <Show when={props.server.phase === 'Failed' && whyNot('launch') === undefined}>
        <A class="button self-start" href={`/launch?image=${encodeURIComponent(props.server.image)}`}>
          {t().workspace.changedImage}
        </A>
      </Show>
      <Show when={props.server.phase === 'Stopped'}>
        <p class="text-muted">{t().workspace.startAbove}</p>
      </Show>
      <Show when={(props.server.events ?? []).length > 0}>
        <section aria-label={t().workspace.events}>
          <h3 class="mb-1.5 font-medium">{t().workspace.clusterSays}</h3>
          <ul class="card divide-y divide-line font-mono text-sm">
            <For each={props.server.events}>{(line) => <li class="px-3 py-1.5 wrap-anywhere">{line}</li>}</For>
          </ul>
        </section>
      </Show>
    </div>
  );
}

function Stopwatch(props: { id: string }): JSX.Element {
  const { world } = useSession();
  const now = createClock(1000);
  return (
    <span class="shrink-0 text-muted tabular-nums" data-testid="elapsed">
      {stopwatchWords(now() - (world.since[props.id] ?? now()))}
    </span>
  );
}

function StepLine(props: { step: Step }): JSX.Element {
  return (
    <li
      class="flex items-center gap-2.5"
      classList={{ 'text-muted': props.step.state === 'ahead', 'font-medium': props.step.state === 'now' }}
      aria-current={props.step.state === 'now' ? 'step' : undefined}
    >
      <span class="grid size-4 place-items-center">
        <Show when={props.step.state === 'done'}>
          <Icon name="check" class="text-good-ink" />
        </Show>
        <Show when={props.step.state === 'now'}>
          <span class="spinner text-accent" />
        </Show>
        <Show when={props.step.state === 'ahead'}>
          <span class="size-1.5 rounded-full bg-line-strong" />
        </Show>
      </span>
      {props.step.label}
    </li>
  );
}
