import { useNavigate } from '@solidjs/router';
import { createResource, createEffect, For, onCleanup, onMount, Show, type JSX } from 'solid-js';
import { StorageProbe } from './storage-probe.tsx';
import { toShownProblem } from '../problem/shown-problem.ts';
import { useSession } from '../state/session.tsx';
import type { Place } from '../tabs/panes.ts';
import { t } from '../words/language.ts';

/** What a workspace's page may do inside ours. It lives on an origin of its own, so `allow-same-origin` means that one. */
const sandbox =
  'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads allow-modals allow-pointer-lock';
const allow = 'clipboard-read; clipboard-write; fullscreen';

/** The open IDEs as frames. Those that are not shown stay loaded. */
export function WebFrames(props: { placeOf: (id: string) => Place }): JSX.Element {
  const { deck } = useSession();
  const navigate = useNavigate();
  // Of two frames that are seen, the one that a person goes into is the one that the toolbar is about.
  const onLeave = (): void => {
    const id = document.activeElement?.getAttribute('data-ide');
    if (id !== null && id !== undefined && id === deck.beside()) navigate(`/workspaces/${encodeURIComponent(id)}`);
  };
  onMount(() => window.addEventListener('blur', onLeave));
  onCleanup(() => window.removeEventListener('blur', onLeave));
  return (
    <For each={deck.opened()}>
      {(id) => (
        // Keyed by the reload count: a frame of another origin cannot be told to reload, only be made anew.
        <Show when={deck.generation(id) + 1} keyed>
          <WebFrame id={id} place={props.placeOf(id)} />
        </Show>
      )}
    </For>
  );
}

/**
 * One frame. Its jar of cookies is its own, so it begins at an address with a ticket, which the host gives out once: it is
 * asked for when the frame is made and never again, since another address would reload an IDE that somebody works in.
 */
function WebFrame(props: { id: string; place: Place }): JSX.Element {
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
            data-ide={id}
            class="absolute border-0"
            // A frame has a size of its own, which the distances of its edges alone do not change.
            style={{
              ...props.place,
              width: `calc(100% - (${props.place.left}) - (${props.place.right}))`,
              height: `calc(100% - (${props.place.top}) - (${props.place.bottom}))`,
            }}
            classList={{ hidden: deck.current() !== id && deck.beside() !== id }}
          />
        </>
      )}
    </Show>
  );
}
