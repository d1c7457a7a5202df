import { createMemo, For, Show, type JSX } from 'solid-js';
import type { Home } from '#contract/home.ts';
import { keptHomes } from '../state/kept-homes.ts';
import { useSession } from '../state/session.tsx';
import { KeptHomeRow } from './kept-home-row.tsx';
import { t } from '../words/language.ts';

/** The homes of deleted workspaces, for as long as they can be brought back; nothing when there are none. */
export function KeptHomesSection(): JSX.Element {
  const { world } = useSession();
  const ids = createMemo(() => keptHomes(world.homes).map((home) => home.id));
  return (
    <Show when={ids().length > 0}>
      <section aria-label={t().homes.title} class="mt-8">
        <h2 class="text-lg font-semibold">{t().homes.title}</h2>
        <p class="mt-1 mb-3 max-w-prose text-muted">{t().homes.about}</p>
        <ul aria-label={t().homes.title} class="card divide-y divide-line">
          <For each={ids()}>
            {(id) => <Show when={world.homes[id]}>{(home: () => Home) => <KeptHomeRow home={home()} />}</Show>}
          </For>
        </ul>
      </section>
    </Show>
  );
}
