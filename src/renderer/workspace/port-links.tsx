import { createEffect, createSignal, For, on, onCleanup, Show, type JSX } from 'solid-js';
import type { Server } from '#contract/server.ts';
import type { WorkspacePort } from '#contract/workspace-events.ts';
import { poll } from '../state/poll.ts';
import { useSession } from '../state/session.tsx';
import { otherPorts, type PortLink } from './other-ports.ts';
import { t } from '../words/language.ts';

const pauseMs = 15_000;

/** The ports of a workspace besides the one that is shown, each with its own address; also those that start to listen meanwhile. */
export function PortLinks(props: { server: Server }): JSX.Element {
  const { platform, whyNot } = useSession();
  const [known, setKnown] = createSignal<WorkspacePort[]>([]);
  createEffect(
    on([() => props.server.id, () => props.server.phase], ([id, phase]) => {
      setKnown([]);
      if (phase !== 'Running') return;
      const polling = poll({
        load: (signal) => platform.host.resources.ports({ id }, { signal }),
        onValue: setKnown,
        // They are an offer: what is wrong is told on the page of the ports.
        onProblem: () => setKnown([]),
        pauseMs,
        isHidden: () => document.hidden,
      });
      onCleanup(() => polling.stop());
    }),
  );
  const links = (): PortLink[] =>
    whyNot('ports', props.server) === undefined ? otherPorts(props.server, known()) : [];
  return (
    <Show when={links().length > 0}>
      <ul
        class="flex shrink-0 items-center gap-1 @max-2xl:hidden font-mono text-xs"
        aria-label={t().workspace.otherPorts}
      >
        <For each={links()}>
          {({ label, url }) => (
            <li>
              {/* In the app a link would lead to a browser that does not know this host. */}
              <Show when={platform.kind === 'web'} fallback={<span title={url}>{label}</span>}>
                <a class="link" href={url} target="_blank" rel="noopener" title={url}>
                  {label}
                </a>
              </Show>
            </li>
          )}
        </For>
      </ul>
    </Show>
  );
}
