import { A } from '@solidjs/router';
import { For, type JSX } from 'solid-js';
import type { Server } from '#contract/server.ts';
import { Icon, type IconName } from '../components/icons.tsx';
import type { Offer } from '../permission/offers.ts';
import { useSession } from '../state/session.tsx';
import { t } from '../words/language.ts';

interface View {
  name: 'workspace' | 'terminal' | 'logs' | 'ports' | 'events' | 'yaml' | 'sharing';
  path: string;
  icon: IconName;
  /** What it shows may be refused. */
  offer?: Offer;
}

const views: readonly View[] = [
  { name: 'workspace', path: '', icon: 'panel' },
  { name: 'terminal', path: '/terminal', icon: 'prompt', offer: 'terminal' },
  { name: 'logs', path: '/logs', icon: 'lines', offer: 'logs' },
  { name: 'ports', path: '/ports', icon: 'plug' },
  { name: 'events', path: '/events', icon: 'bell' },
  { name: 'yaml', path: '/yaml', icon: 'braces' },
  { name: 'sharing', path: '/sharing', icon: 'share', offer: 'share' },
];

export type ViewName = View['name'];

/** What whoever looks at this view of a workspace has to be let do; undefined where seeing the workspace is enough. */
export const offerOf = (name: ViewName): Offer | undefined => views.find((view) => view.name === name)?.offer;

/** To what else there is to see of a workspace than what is shown. Where there is no room for all their words, the icons stand alone. */
export function ViewLinks(props: { server: Server; view: ViewName }): JSX.Element {
  const { whyNot } = useSession();
  const shown = (): View[] =>
    views.filter(
      ({ name, offer }) => name !== props.view && (offer === undefined || whyNot(offer, props.server) === undefined),
    );
  return (
    <For each={shown()}>
      {(view) => (
        <A
          class="button button-quiet"
          href={`/workspaces/${props.server.id}${view.path}`}
          title={t().workspace.views[view.name]}
        >
          <Icon name={view.icon} />
          <span class="max-2xl:sr-only">{t().workspace.views[view.name]}</span>
        </A>
      )}
    </For>
  );
}
