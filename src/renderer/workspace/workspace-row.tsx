import { A } from '@solidjs/router';
import { Show, type JSX } from 'solid-js';
import type { Server } from '#contract/server.ts';
import { DeleteButton } from '../components/delete-dialog.tsx';
import { Monogram } from '../components/monogram.tsx';
import { RunButton } from '../components/run-button.tsx';
import { StatusChip } from '../components/status-chip.tsx';
import { useSession } from '../state/session.tsx';
import { createClock } from '../time/clock.ts';
import { elapsedWords } from '../time/elapsed.ts';
import { FailureNote, RefusalNote, StopNote } from './failure-note.tsx';
import { ageWords } from './age-words.ts';

/** One workspace in the list: what it is, how it is, and what can be done with it. */
export function WorkspaceRow(props: { server: Server }): JSX.Element {
  const { world } = useSession();
  const isLaunching = (): boolean => props.server.phase === 'Pending' || props.server.phase === 'Starting';
  const href = (): string => `/workspaces/${encodeURIComponent(props.server.id)}`;
  return (
    <li class="px-4 py-3">
      <div class="flex items-center gap-3 max-sm:flex-wrap">
        <Monogram of={props.server.name} />
        <div class="min-w-0 flex-1">
          <A href={href()} class="block truncate font-medium hover:underline">
            {props.server.name}
          </A>
          <p class="truncate font-mono text-xs text-muted" title={props.server.image}>
            {props.server.image}
          </p>
        </div>
        <div class="flex w-32 shrink-0 flex-col items-start gap-0.5">
          <StatusChip phase={props.server.phase} />
          <Show when={isLaunching()} fallback={<Age server={props.server} since={world.since[props.server.id]} />}>
            <Waiting since={world.since[props.server.id]} />
          </Show>
        </div>
        <div class="flex w-34 shrink-0 items-center justify-end gap-0.5">
          <A href={href()} class="button mr-1" aria-label={`Open ${props.server.name}`}>
            Open
          </A>
          <RunButton server={props.server} compact />
          <DeleteButton server={props.server} compact />
        </div>
      </div>
      <div class="flex flex-col gap-2 pl-11 not-empty:mt-2.5">
        <FailureNote server={props.server} />
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
