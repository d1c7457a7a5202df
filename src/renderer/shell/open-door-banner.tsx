import { Show, type JSX } from 'solid-js';
import { Icon } from '../components/icons.tsx';
import { useSession } from '../state/session.tsx';
import { t } from '../words/language.ts';

/** Says above every page that this host asks nobody who they are (`LOCAL_AUTH=off`). */
export function OpenDoorBanner(): JSX.Element {
  const { about } = useSession();
  return (
    <Show when={about.state === 'ready' && about().local_auth === 'off'}>
      <section aria-label={t().banners.access} class="shrink-0 bg-bad-soft py-2">
        <p class="mx-auto flex max-w-4xl items-center gap-3 px-6 max-sm:px-4">
          <Icon name="alert" class="text-bad-ink" />
          <span>
            <span class="font-medium text-bad-ink">{t().banners.notChecked}</span> {t().banners.anybody}
          </span>
        </p>
      </section>
    </Show>
  );
}
