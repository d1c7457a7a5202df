import { createResource, createEffect, For, Show, type JSX } from 'solid-js';
import { StorageProbe } from './storage-probe.tsx';
import { toShownProblem } from '../problem/shown-problem.ts';
import { useSession } from '../state/session.tsx';
import { t } from '../words/language.ts';

/** What a workspace's page may do inside ours. It lives on an origin of its own, so `allow-same-origin` means that one. */
const sandbox =
  'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads allow-modals allow-pointer-lock';
const allow = 'clipboard-read; clipboard-write; fullscreen';

/** The open IDEs as frames. Those that are not shown stay loaded. */
export function WebFrames(): JSX.Element {
  const { deck } = useSession();
  return (
    <For each={deck.opened()}>
      {(id) => (
        // Keyed by the reload count: a frame of another origin cannot be told to reload, only be made anew.
        <Show when={deck.generation(id) + 1} keyed>
          <WebFrame id={id} />
        </Show>
      )}
    </For>
  );
}

/**
 * One frame. Its jar of cookies is its own, so it begins at an address with a ticket, which the host gives out once: it is
 * asked for when the frame is made and never again, since another address would reload an IDE that somebody works in.
 */
function WebFrame(props: { id: string }): JSX.Element {
  const { deck, platform, world } = useSession();
  // A frame is one workspace's for its whole life.
  // oxlint-disable-next-line solid/reactivity
  const { id } = props;
  const [entry] = createResource(() => platform.host.workspaces.open({ id }));
  createEffect(() => {
    if (entry.state === 'errored') deck.setProblem(toShownProblem(entry.error));
  });
  // Where workspaces share this page's origin they share its storage.
  const isElsewhere = (url: string): boolean => new URL(url).origin !== location.origin;
  return (
    <Show when={entry.state === 'ready' && entry()}>
      {(link) => (
        <>
          <Show when={isElsewhere(link().url)}>
            <StorageProbe
              url={link().url}
              onReport={(isBlocked) => {
                deck.setStorageBlocked(id, isBlocked);
                deck.setSilent(id, false);
              }}
              onSilence={() => deck.setSilent(id, true)}
            />
          </Show>
          <iframe
            title={t().view.ideOf(world.servers[id]?.name ?? id)}
            src={link().url}
            sandbox={sandbox}
            allow={allow}
            // By this the host knows the frame for ours; the page itself sends no referrer.
            referrerpolicy="origin"
            class="absolute inset-0 size-full border-0"
            classList={{ hidden: deck.current() !== id }}
          />
        </>
      )}
    </Show>
  );
}
