import { Show, type JSX } from 'solid-js';
import type { Server } from '#contract/server.ts';
import { ButtonLabel } from '../components/button-label.tsx';
import { DeleteButton } from '../components/delete-dialog.tsx';
import { Icon } from '../components/icons.tsx';
import { ProblemNote } from '../components/problem-note.tsx';
import { RestartButton } from '../components/restart-button.tsx';
import { AwayNote } from '../ide/away-note.tsx';
import { FindBar } from '../ide/find-bar.tsx';
import { LineNote } from '../ide/line-note.tsx';
import { ViewMenuButton } from '../ide/view-menu-button.tsx';
import { RunButton } from '../components/run-button.tsx';
import { StatusChip } from '../components/status-chip.tsx';
import { RefusedNote } from '../permission/refused-note.tsx';
import { useSession } from '../state/session.tsx';
import { TrustNote } from '../trust/trust-note.tsx';
import { AwakeNote } from './awake-note.tsx';
import { BrowserButton } from './browser-button.tsx';
import { RefusalNote } from './failure-note.tsx';
import { PortLinks } from './port-links.tsx';
import { StorageNote } from './storage-note.tsx';
import { ViewLinks, type ViewName } from './view-links.tsx';
import { t } from '../words/language.ts';

interface WorkspaceToolbarProps {
  server: Server;
  /** What is below it. */
  view: ViewName;
  onDeleted: () => void;
}

/** Above the IDE, the log or whatever else is shown of it: which workspace this is, how it is, and what can be done with it. */
export function WorkspaceToolbar(props: WorkspaceToolbarProps): JSX.Element {
  const { deck, platform } = useSession();
  const isShown = (): boolean => deck.current() === props.server.id;
  return (
    <header class="@container shrink-0 border-b border-line bg-surface">
      <div class="flex min-h-11 items-center gap-3 pr-2 pl-4 @max-2xl:flex-wrap @max-2xl:gap-y-1 @max-2xl:py-1">
        <h1 class="min-w-20 shrink-[9999] truncate text-base font-semibold @max-2xl:flex-1" title={props.server.name}>
          {props.server.name}
        </h1>
        <StatusChip phase={props.server.phase} />
        <p class="min-w-0 flex-1 truncate font-mono text-xs text-muted @max-2xl:hidden" title={props.server.image}>
          {props.server.image}
        </p>
        <PortLinks server={props.server} />
        {/* It goes by the room that the bar itself has: beside the sidebar, or at twice the size, a wide window is narrow. */}
        <div class="flex flex-wrap items-center justify-end gap-0.5 @2xl:flex-nowrap @max-2xl:-ml-2 @max-2xl:w-full @max-2xl:justify-start @max-md:gap-0 @max-md:[&_.button]:px-1.5 @max-5xl:[&_.button>span:not(.spinner)]:sr-only">
          <ViewLinks server={props.server} view={props.view} />
          <Show when={isShown()}>
            <button
              type="button"
              class="button button-quiet"
              title={t().workspace.reload}
              onClick={() => deck.reload(props.server.id)}
            >
              <Icon name="reload" />
              <ButtonLabel isFirstToGo>{t().workspace.reload}</ButtonLabel>
            </button>
            <Show when={platform.ide}>{(views) => <ViewMenuButton id={props.server.id} views={views()} />}</Show>
            <Show when={platform.kind === 'web'} fallback={<BrowserButton id={props.server.id} />}>
              <a
                class="button button-quiet"
                href={props.server.ide_url}
                target="_blank"
                rel="noopener"
                title={t().workspace.openInTab}
              >
                <Icon name="open" />
                <ButtonLabel isFirstToGo>{t().workspace.openInTab}</ButtonLabel>
              </a>
            </Show>
          </Show>
          <RestartButton server={props.server} />
          <RunButton server={props.server} />
          <DeleteButton server={props.server} onDeleted={() => props.onDeleted()} />
        </div>
      </div>
      <div class="flex flex-col gap-2 px-4 not-empty:pb-2.5">
        <Show when={isShown() && deck.problem()}>{(problem) => <ProblemNote {...problem()} alert />}</Show>
        <Show when={isShown() && platform.ide}>
          {(views) => (
            <>
              <AwayNote id={props.server.id} />
              <FindBar id={props.server.id} views={views()} />
            </>
          )}
        </Show>
        <Show when={isShown()}>
          <LineNote id={props.server.id} />
          <StorageNote server={props.server} />
          <TrustNote server={props.server} />
        </Show>
        <RefusalNote id={props.server.id} />
        <RefusedNote of={props.server} />
        <AwakeNote server={props.server} />
      </div>
    </header>
  );
}
