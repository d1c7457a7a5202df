import { Show, type JSX } from 'solid-js';
import { Icon } from '../components/icons.tsx';
import { useSession } from '../state/session.tsx';
import { t } from '../words/language.ts';

/**
 * Says at which address the view is, while a workspace has sent the person elsewhere to sign in: it is here, where no page can draw,
 * that they see to whom they give a password.
 */
export function AwayNote(props: { id: string }): JSX.Element {
  const { desktop, deck } = useSession();
  return (
    <Show when={desktop.away(props.id)}>
      {(origin) => (
        <div role="status" class="flex items-center gap-2.5 rounded-lg bg-wait-soft px-3 py-2">
          <Icon name="open" class="text-wait-ink" />
          <p class="min-w-0 flex-1 wrap-anywhere">
            {t().view.signInAt} <strong class="font-mono font-semibold select-text">{origin()}</strong>.{' '}
            {t().view.checkWhom}
          </p>
          <button type="button" class="button" onClick={() => deck.reload(props.id)}>
            {t().view.back}
          </button>
        </div>
      )}
    </Show>
  );
}
