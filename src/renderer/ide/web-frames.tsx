import { For, Show, untrack, type JSX } from 'solid-js';
import { useSession } from '../state/session.tsx';

/** What a workspace's page may do inside ours. It lives on an origin of its own, so `allow-same-origin` means that one. */
const sandbox =
  'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads allow-modals allow-pointer-lock';
const allow = 'clipboard-read; clipboard-write; fullscreen';

/** The open IDEs as frames. Those that are not shown stay loaded. */
export function WebFrames(): JSX.Element {
  const { deck, world } = useSession();
  return (
    <For each={deck.opened()}>
      {(id) => (
        // Keyed by the reload count: a frame of another origin cannot be told to reload, only be made anew.
        <Show when={deck.generation(id) + 1} keyed>
          <iframe
            title={`IDE of ${world.servers[id]?.name ?? id}`}
            // Read once: an address that is told anew must not reload an IDE somebody works in.
            src={untrack(() => world.servers[id]?.ide_url)}
            sandbox={sandbox}
            allow={allow}
            // By this the host knows the frame for ours; the page itself sends no referrer.
            referrerpolicy="origin"
            class="absolute inset-0 size-full border-0"
            classList={{ hidden: deck.current() !== id }}
          />
        </Show>
      )}
    </For>
  );
}
