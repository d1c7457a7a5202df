import { AlertDialog } from '@kobalte/core/alert-dialog';
import { createEffect, createSignal, onCleanup, type JSX } from 'solid-js';
import type { Server } from '#contract/server.ts';
import { useSession } from '../state/session.tsx';
import { Icon } from './icons.tsx';

interface DeleteButtonProps {
  server: Server;
  /** The button's look; its name is "Delete" either way. */
  compact?: boolean;
  onDeleted?: () => void;
}

/** "Delete", which asks first: it names the workspace and what is lost with it. */
export function DeleteButton(props: DeleteButtonProps): JSX.Element {
  const { actions, deck } = useSession();
  const [isOpen, setOpen] = createSignal(false);

  // The desktop paints IDEs above the page: they make room while the question is asked.
  createEffect(() => {
    if (isOpen()) onCleanup(deck.cover());
  });

  const remove = async (): Promise<void> => {
    setOpen(false);
    if (await actions.ask('delete', props.server.id)) props.onDeleted?.();
  };

  return (
    <AlertDialog open={isOpen()} onOpenChange={setOpen}>
      <AlertDialog.Trigger
        class="button button-quiet"
        classList={{ 'button-square': props.compact === true }}
        aria-label={props.compact === true ? 'Delete' : undefined}
        title={props.compact === true ? 'Delete' : undefined}
        disabled={props.server.phase === 'Terminating' || actions.state.busy[props.server.id] !== undefined}
      >
        <Icon name="trash" />
        {props.compact === true ? undefined : 'Delete'}
      </AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Overlay class="dialog-scrim" />
        <div class="fixed inset-0 z-50 grid place-items-center p-6">
          <AlertDialog.Content class="card w-full max-w-md p-5 shadow-float">
            <AlertDialog.Title class="text-lg font-semibold">Delete workspace?</AlertDialog.Title>
            <AlertDialog.Description class="mt-2 text-muted">
              <strong class="font-semibold wrap-anywhere text-ink">{props.server.name}</strong> is stopped and removed
              from the cluster with everything in it. This cannot be undone.
            </AlertDialog.Description>
            <div class="mt-5 flex justify-end gap-2">
              <AlertDialog.CloseButton class="button" aria-label="Cancel">
                Cancel
              </AlertDialog.CloseButton>
              <button type="button" class="button button-danger" onClick={() => void remove()}>
                Delete workspace
              </button>
            </div>
          </AlertDialog.Content>
        </div>
      </AlertDialog.Portal>
    </AlertDialog>
  );
}
