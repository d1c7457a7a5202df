import type { Preset } from '#contract/image-defaults.ts';
import type { CallerFacts } from '#contract/refusals.ts';
import type { Server } from '#contract/server.ts';
import { mayRestart, runVerbOf } from '../components/run-verb.ts';
import { t } from '../words/language.ts';
import { whyNot, type Offer } from '../permission/offers.ts';

/** What a command does; `use-command.ts` does it. */
export type Intent =
  | { type: 'go'; path: string }
  | { type: 'launch'; image: string }
  | { type: 'ask'; verb: 'start' | 'stop' | 'restart'; id: string }
  | { type: 'reload-ide' | 'find-in-ide' | 'choose-download-folder' };

export interface Command {
  /** What the person reads and types. */
  title: string;
  /** What kind of thing it is about. */
  group: 'workspace' | 'launch' | 'page' | 'ide';
  intent: Intent;
}

export interface CommandWorld {
  servers: readonly Server[];
  presets: readonly Preset[];
  /** The workspace whose IDE is shown, where it is a view of the desktop. */
  shownView: string | undefined;
  hasDownloads: boolean;
  /** Who looks at the page; undefined as long as that is not known. */
  caller?: CallerFacts | undefined;
}

const pages = (): readonly (Command & { offer?: Offer })[] => [
  { title: t().list.title, group: 'page', intent: { type: 'go', path: '/' } },
  { title: t().palette.launchAny, group: 'page', intent: { type: 'go', path: '/launch' }, offer: 'launch' },
  { title: t().frame.sharing, group: 'page', intent: { type: 'go', path: '/sharing' } },
  { title: t().cluster.title, group: 'page', intent: { type: 'go', path: '/cluster' } },
  { title: t().frame.tailnet, group: 'page', intent: { type: 'go', path: '/tailnet' } },
  { title: t().frame.presets, group: 'page', intent: { type: 'go', path: '/presets' } },
  { title: t().frame.settings, group: 'page', intent: { type: 'go', path: '/settings' }, offer: 'host' },
  { title: t().frame.doctor, group: 'page', intent: { type: 'go', path: '/doctor' }, offer: 'host' },
  { title: t().frame.activity, group: 'page', intent: { type: 'go', path: '/activity' }, offer: 'host' },
  { title: t().frame.api, group: 'page', intent: { type: 'go', path: '/api/docs' } },
];

/**
 * Everything that can be done now from anywhere. Deleting is not among it: it asks for more than a key that was meant for another line. Nor is what
 * whoever looks at the page may not do.
 */
export function commandsOf({ servers, presets, shownView, hasDownloads, caller }: CommandWorld): Command[] {
  const mayLaunch = whyNot('launch', caller) === undefined;
  return [
    ...(shownView === undefined
      ? []
      : [
          { title: t().palette.find, group: 'ide', intent: { type: 'find-in-ide' } } as const,
          { title: t().palette.reload, group: 'ide', intent: { type: 'reload-ide' } } as const,
        ]),
    ...servers.flatMap(commandsOfWorkspace),
    ...(mayLaunch ? presets : []).map(
      ({ label, image }): Command => ({
        title: t().palette.launch(label),
        group: 'launch',
        intent: { type: 'launch', image },
      }),
    ),
    ...pages().flatMap(({ offer, ...page }) =>
      offer === undefined || whyNot(offer, caller) === undefined ? [page] : [],
    ),
    ...(hasDownloads
      ? [
          {
            title: t().palette.downloads,
            group: 'page',
            intent: { type: 'choose-download-folder' },
          } as const,
        ]
      : []),
  ];
}

function commandsOfWorkspace(server: Server): Command[] {
  const { id, name, phase } = server;
  const may = (offer: Offer): boolean => whyNot(offer, undefined, server) === undefined;
  const path = `/workspaces/${encodeURIComponent(id)}`;
  const go = (title: string, to: string): Command => ({ title, group: 'workspace', intent: { type: 'go', path: to } });
  const ask = (title: string, verb: 'start' | 'stop' | 'restart'): Command => ({
    title,
    group: 'workspace',
    intent: { type: 'ask', verb, id },
  });
  const verb = runVerbOf(phase);
  return [
    go(t().palette.open(name), path),
    ...(may('logs') ? [go(t().palette.logs(name), `${path}/logs`)] : []),
    ...(may('terminal') ? [go(t().palette.terminal(name), `${path}/terminal`)] : []),
    go(t().palette.ports(name), `${path}/ports`),
    go(t().palette.events(name), `${path}/events`),
    go(t().palette.yaml(name), `${path}/yaml`),
    ...(may('share') ? [go(t().palette.share(name), `${path}/sharing`)] : []),
    ...(verb === undefined || !may(verb) ? [] : [ask(t().palette[verb](name), verb)]),
    ...(mayRestart(phase) && may('restart') ? [ask(t().palette.restart(name), 'restart')] : []),
  ];
}
