import { For, Show, type JSX } from 'solid-js';
import type { Server } from '#contract/server.ts';
import { useSession } from '../state/session.tsx';
import { otherPorts } from './other-ports.ts';

/** The ports of a workspace besides the one that is shown, each with its own address. */
export function PortLinks(props: { server: Server }): JSX.Element {
  const { platform } = useSession();
  return (
    <Show when={otherPorts(props.server).length > 0}>
      <ul class="flex shrink-0 items-center gap-1 font-mono text-xs" aria-label="Other ports">
        <For each={otherPorts(props.server)}>
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
