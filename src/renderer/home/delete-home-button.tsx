import type { JSX } from 'solid-js';
import type { Home } from '#contract/home.ts';
import { ConfirmDialog } from '../components/confirm-dialog.tsx';
import { useSession } from '../state/session.tsx';
import { t } from '../words/language.ts';

/** "Delete for good", which asks first: there is no way back from it. */
export function DeleteHomeButton(props: { home: Home }): JSX.Element {
  const { actions } = useSession();
  return (
    <ConfirmDialog
      trigger={t().homes.deleteForGood}
      compact
      disabled={actions.state.homes.busy[props.home.id] !== undefined}
      title={t().homes.deleteTitle}
      confirm={t().homes.deleteForGood}
      onConfirm={() => void actions.askHome('delete', props.home.id)}
    >
      {t().homes.allFilesOf} <strong class="font-semibold wrap-anywhere text-ink">{props.home.id}</strong>{' '}
      {t().homes.areDeleted}
    </ConfirmDialog>
  );
}
