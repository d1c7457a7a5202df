import type { JSX } from 'solid-js';
import type { Home } from '#contract/home.ts';
import { ConfirmDialog } from '../components/confirm-dialog.tsx';
import { useSession } from '../state/session.tsx';

/** "Delete for good", which asks first: there is no way back from it. */
export function DeleteHomeButton(props: { home: Home }): JSX.Element {
  const { actions } = useSession();
  return (
    <ConfirmDialog
      trigger="Delete for good"
      compact
      disabled={actions.state.homes.busy[props.home.id] !== undefined}
      title="Delete this home for good?"
      confirm="Delete for good"
      onConfirm={() => void actions.askHome('delete', props.home.id)}
    >
      All files in the home of <strong class="font-semibold wrap-anywhere text-ink">{props.home.id}</strong> are
      deleted. This cannot be undone.
    </ConfirmDialog>
  );
}
