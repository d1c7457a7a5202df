import { Show, type JSX } from 'solid-js';
import type { WorkspacePort } from '#contract/workspace-events.ts';
import { Icon } from '../components/icons.tsx';
import { toShownProblem, type ShownProblem } from '../problem/shown-problem.ts';
import { useSession } from '../state/session.tsx';
import { openWords } from './port-words.ts';
import { t } from '../words/language.ts';

interface PortRowProps {
  id: string;
  port: WorkspacePort;
  isForwarded: boolean;
  mayOpen: boolean;
  mayForward: boolean;
  onForward: () => void;
  onProblem: (problem: ShownProblem) => void;
}

/** One port of a workspace, with what can be done with it. */
export function PortRow(props: PortRowProps): JSX.Element {
  const { platform } = useSession();
  /** In the app a plain link would lead to a browser that does not know this host. */
  const open = async (): Promise<void> => {
    try {
      const { url } = await platform.host.workspaces.open({ id: props.id, port: props.port.port });
      window.open(url, '_blank', 'noopener');
    } catch (error) {
      props.onProblem(toShownProblem(error));
    }
  };
  return (
    <li class="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2">
      <span class="w-14 font-mono">{props.port.port}</span>
      <span class="min-w-0 flex-1 truncate max-sm:basis-2/3 max-sm:whitespace-normal">
        {props.port.declared ? props.port.name : t().portList.notDeclared}
        <span class="text-muted"> · {openWords(props.port)}</span>
      </span>
      <Show when={props.mayOpen && props.port.url}>
        {(url) => (
          <Show
            when={platform.kind === 'web'}
            fallback={
              <button type="button" class="button button-quiet" onClick={() => void open()}>
                <Icon name="open" />
                {t().portList.openPort(String(props.port.port))}
              </button>
            }
          >
            <a class="button button-quiet" href={url()} target="_blank" rel="noopener" title={url()}>
              <Icon name="open" />
              {t().portList.openPort(String(props.port.port))}
            </a>
          </Show>
        )}
      </Show>
      <Show when={props.mayForward && props.port.protocol === 'TCP' && !props.isForwarded}>
        <button type="button" class="button button-quiet" onClick={() => props.onForward()}>
          <Icon name="plug" />
          {t().portList.forwardPort(String(props.port.port))}
        </button>
      </Show>
    </li>
  );
}
