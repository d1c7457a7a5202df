import { Show, type JSX } from 'solid-js';
import { LaunchFormCard } from '../launch/launch-form.tsx';
import { PresetCards } from '../launch/preset-cards.tsx';
import { NotForYou } from '../permission/refused-note.tsx';
import { Page } from '../shell/page.tsx';
import { useSession } from '../state/session.tsx';

/** A new workspace: a preset with one click, or any image with a form. */
export function LaunchPage(): JSX.Element {
  const { whyNot } = useSession();
  return (
    <Show when={whyNot('launch')} fallback={<Launch />}>
      {(reason) => (
        <Page title="Launch a workspace">
          <NotForYou title="Launching is not for you" reason={reason()} />
        </Page>
      )}
    </Show>
  );
}

function Launch(): JSX.Element {
  return (
    <Page title="Launch a workspace" lead="Click a preset and it starts, or describe your own.">
      <section aria-label="Presets">
        <PresetCards />
      </section>
      <h2 class="mt-8 mb-3 text-lg font-semibold">Any container image</h2>
      <LaunchFormCard />
    </Page>
  );
}
