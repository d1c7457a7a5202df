import { A } from '@solidjs/router';
import { Show, type JSX } from 'solid-js';
import type { Server } from '#contract/server.ts';
import { DeleteButton } from '../components/delete-dialog.tsx';
import { Monogram } from '../components/monogram.tsx';
import { RunButton } from '../components/run-button.tsx';
import { StatusChip } from '../components/status-chip.tsx';
import { useSession } from '../state/session.tsx';
import { ownerWords } from '../workspaces/list-view.ts';
import { createClock } from '../time/clock.ts';
import { elapsedWords } from '../time/elapsed.ts';
import { FoldedFailure, RefusalNote, StopNote } from './failure-note.tsx';
import { ageWords } from './age-words.ts';
import { t } from '../words/language.ts';

interface WorkspaceRowProps {
  server: Server;
  /** Where workspaces of several contexts are listed: its own. */
  context: string | undefined;
  /** Where it stands in the list, `offset` in CSS pixels from its top. */
  place: { index: number; of: number; offset: number };
  isSelected: boolean;
  /** `isReaching`: from the one that was clicked before. */
  onSelect: (isOn: boolean, isReaching: boolean) => void;
  ref: (element: HTMLLIElement) => void;
}

/** One workspace in the list: what it is, whose it is, how it is, and what can be done with it. */
export function WorkspaceRow(props: WorkspaceRowProps): JSX.Element {
  const { world } = useSession();
  const isLaunching = (): boolean => props.server.phase === 'Pending' || props.server.phase === 'Starting';
  const href = (): string => `/workspaces/${encodeURIComponent(props.server.id)}`;
  return (
    <li
      ref={(element) => props.ref(element)}
      class="absolute inset-x-0 top-0 border-b border-line px-4 py-3 last:border-0"
      style={{ transform: `translateY(${String(props.place.offset)}px)` }}
      data-index={props.place.index}
      aria-posinset={props.place.index + 1}
      aria-setsize={props.place.of}
    >
      <div class="flex items-center gap-3 max-sm:flex-wrap">
        <input
          type="checkbox"
          class="size-4 shrink-0 accent-accent"
          aria-label={t().list.select(props.server.name)}
          checked={props.isSelected}
          onClick={(event) => props.onSelect(event.currentTarget.checked, event.shiftKey)}
        />
        <Monogram of={props.server.name} />
        <div class="min-w-0 flex-1 max-sm:basis-[calc(100%-4.5rem)]">
          <A
            href={href()}
            class="block font-medium wrap-anywhere hover:underline sm:truncate"
            title={props.server.name}
          >
            {props.server.name}
          </A>
          <p class="truncate font-mono text-xs text-muted" title={props.server.image}>
            {props.server.image}
          </p>
          <Show when={props.context}>
            {(context) => (
              <p class="truncate text-xs text-muted" title={context()}>
                {t().cluster.facts.context} {context()}
              </p>
            )}
          </Show>
        </div>
        <Show when={ownerWords(props.server.owner)}>
          {(owner) => (
            <p
              class="w-36 shrink truncate text-sm text-muted max-sm:hidden"
              title={`${t().list.owner} ${props.server.owner ?? ''}`}
            >
              <span class="sr-only">{t().list.owner} </span>
              {owner()}
            </p>
          )}
        </Show>
        <div class="flex w-32 shrink-0 flex-col items-start gap-0.5 max-sm:w-auto max-sm:flex-1">
          <StatusChip phase={props.server.phase} />
          <Show when={isLaunching()} fallback={<Age server={props.server} since={world.since[props.server.id]} />}>
            <Waiting since={world.since[props.server.id]} />
          </Show>
        </div>
        <div class="flex w-34 shrink-0 items-center justify-end gap-0.5">
          <A href={href()} class="button mr-1" aria-label={t().list.openNamed(props.server.name)}>
            {t().list.open}
          </A>
          <RunButton server={props.server} compact />
          <DeleteButton server={props.server} compact />
        </div>
      </div>
      <div class="flex flex-col gap-2 pl-18 not-empty:mt-2.5 max-sm:pl-0">
        <FoldedFailure server={props.server} />
        <StopNote server={props.server} />
        <RefusalNote id={props.server.id} />
      </div>
    </li>
  );
}

function Age(props: { server: Server; since: number | undefined }): JSX.Element {
  const now = createClock(15_000);
  return (
    <span class="pl-2 text-sm text-muted tabular-nums">
      {ageWords(props.server.phase, now() - (props.since ?? now()))}
    </span>
  );
}

function Waiting(props: { since: number | undefined }): JSX.Element {
  const now = createClock(1000);
  return <span class="pl-2 text-sm text-muted tabular-nums">{elapsedWords(now() - (props.since ?? now()))}</span>;
}
