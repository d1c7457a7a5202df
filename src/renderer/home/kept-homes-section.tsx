import { createMemo, For, Show, type JSX } from 'solid-js';
import type { Home } from '#contract/home.ts';
import { keptHomes } from '../state/kept-homes.ts';
import { useSession } from '../state/session.tsx';
import { KeptHomeRow } from './kept-home-row.tsx';

/** The homes of deleted workspaces, for as long as they can be brought back; nothing when there are none. */
export function KeptHomesSection(): JSX.Element {
  const { world } = useSession();
  const ids = createMemo(() => keptHomes(world.homes).map((home) => home.id));
  return (
    <Show when={ids().length > 0}>
      <section aria-label="Kept homes" class="mt-8">
        <h2 class="text-lg font-semibold">Kept homes</h2>
        <p class="mt-1 mb-3 max-w-prose text-muted">
          These workspaces were deleted; the files in their homes are still there. Restore one and it comes back as it
          was.
        </p>
        <ul aria-label="Kept homes" class="card divide-y divide-line">
          <For each={ids()}>
            {(id) => <Show when={world.homes[id]}>{(home: () => Home) => <KeptHomeRow home={home()} />}</Show>}
          </For>
        </ul>
      </section>
    </Show>
  );
}
