import { Show, type JSX } from 'solid-js';
import { LaunchFormCard } from '../launch/launch-form.tsx';
import { PresetCards } from '../launch/preset-cards.tsx';
import { NotForYou } from '../permission/refused-note.tsx';
import { Page } from '../shell/page.tsx';
import { useSession } from '../state/session.tsx';
import { t } from '../words/language.ts';

/** A new workspace: a preset with one click, or any image with a form. */
export function LaunchPage(): JSX.Element {
  const { whyNot } = useSession();
  return (
    <Show when={whyNot('launch')} fallback={<Launch />}>
      {(reason) => (
        <Page title={t().launch.title}>
          <NotForYou title={t().launch.notForYou} reason={reason()} />
        </Page>
      )}
    </Show>
  );
}

function Launch(): JSX.Element {
  return (
    <Page title={t().launch.title} lead={t().launch.lead}>
      <section aria-label={t().launch.presets}>
        <PresetCards />
      </section>
      <h2 class="mt-8 mb-3 text-lg font-semibold">{t().launch.anyImage}</h2>
      <LaunchFormCard />
    </Page>
  );
}
