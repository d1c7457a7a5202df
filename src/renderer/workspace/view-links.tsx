import { A } from '@solidjs/router';
import { For, type JSX } from 'solid-js';
import { Icon, type IconName } from '../components/icons.tsx';

interface View {
  name: 'workspace' | 'terminal' | 'logs' | 'ports' | 'events' | 'yaml';
  path: string;
  icon: IconName;
  label: string;
}

const views: readonly View[] = [
  { name: 'workspace', path: '', icon: 'panel', label: 'Back to it' },
  { name: 'terminal', path: '/terminal', icon: 'prompt', label: 'Terminal' },
  { name: 'logs', path: '/logs', icon: 'lines', label: 'Logs' },
  { name: 'ports', path: '/ports', icon: 'plug', label: 'Ports' },
  { name: 'events', path: '/events', icon: 'bell', label: 'Events' },
  { name: 'yaml', path: '/yaml', icon: 'braces', label: 'YAML' },
];

export type ViewName = View['name'];

/** To what else there is to see of a workspace than what is shown. Where there is no room for all their words, the icons stand alone. */
export function ViewLinks(props: { id: string; view: ViewName }): JSX.Element {
  // Beside an IDE stands what can be done with its view, too.
  const words = (): string => (props.view === 'workspace' ? 'max-2xl:sr-only' : 'max-xl:sr-only');
  return (
    <For each={views.filter(({ name }) => name !== props.view)}>
      {(view) => (
        <A class="button button-quiet" href={`/workspaces/${props.id}${view.path}`} title={view.label}>
          <Icon name={view.icon} />
          <span class={words()}>{view.label}</span>
        </A>
      )}
    </For>
  );
}
