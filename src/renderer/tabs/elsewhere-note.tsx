import type { JSX } from 'solid-js';
import { Icon } from '../components/icons.tsx';
import { t } from '../words/language.ts';
import { useTabs } from './use-tabs.ts';

/** Stands where an IDE would be that has a window of its own. */
export function ElsewhereNote(props: { id: string }): JSX.Element {
  const actions = useTabs();
  return (
    <div class="grid h-full place-items-center p-6">
      <div class="text-center">
        <p class="mb-3 text-muted">{t().tabs.elsewhere}</p>
        <div class="flex justify-center gap-2">
          <button type="button" class="button button-primary" onClick={() => actions.popIn(props.id)}>
            {t().tabs.popIn}
          </button>
          <button type="button" class="button" onClick={() => actions.popOut(props.id)}>
            <Icon name="open" />
            {t().tabs.showWindow}
          </button>
        </div>
      </div>
    </div>
  );
}
