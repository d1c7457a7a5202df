import { createSignal, Show, type JSX } from 'solid-js';
import { parseDuration } from '#contract/duration.ts';
import type { Server } from '#contract/server.ts';
import { useSession } from '../state/session.tsx';
import { elapsedWords } from '../time/elapsed.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { t } from '../words/language.ts';

interface DeleteButtonProps {
  server: Server;
  /** The button's look; its name is "Delete" either way. */
  compact?: boolean;
  onDeleted?: () => void;
}

/** "Delete", which asks first: it names the workspace, what is lost with it and what is kept. */
export function DeleteButton(props: DeleteButtonProps): JSX.Element {
  const { actions, undo, whyNot } = useSession();
  const [isPurge, setPurge] = createSignal(false);

  const remove = async (): Promise<void> => {
    const accepted = isPurge() ? [await actions.ask('purge', props.server.id)] : await undo.remove([props.server]);
    if (accepted.every(Boolean)) props.onDeleted?.();
  };

  return (
    <Show when={whyNot('delete', props.server) === undefined}>
      <ConfirmDialog
        trigger={t().workspace.delete}
        compact={props.compact}
        disabled={props.server.phase === 'Terminating' || actions.state.busy[props.server.id] !== undefined}
        title={t().workspace.deleteTitle}
        confirm={t().workspace.deleteConfirm}
        onOpen={() => setPurge(false)}
        onConfirm={() => void remove()}
        option={
          <Show when={keptFor(props.server)}>
            <label class="mt-4 flex items-start gap-2.5">
              <input
                type="checkbox"
                class="mt-1"
                checked={isPurge()}
                onChange={(event) => setPurge(event.currentTarget.checked)}
              />
              <span>{t().workspace.deleteHomeToo}</span>
            </label>
          </Show>
        }
      >
        <strong class="font-semibold wrap-anywhere text-ink">{props.server.name}</strong> {t().workspace.isRemoved}{' '}
        <Show when={keptFor(props.server)} fallback={t().workspace.withEverything}>
          {(time) => <>{t().workspace.homeIsKept(time())}</>}
        </Show>
      </ConfirmDialog>
    </Show>
  );
}

/** How long the home stays, in words; undefined when there is none, or it goes at once. */
function keptFor({ home }: Server): string | undefined {
  const ms = home === undefined ? undefined : parseDuration(home.retain);
  return ms === undefined || ms === 0 ? undefined : elapsedWords(ms);
}
