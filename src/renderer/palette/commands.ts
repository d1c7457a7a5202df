import type { Preset } from '#contract/image-defaults.ts';
import type { CallerFacts } from '#contract/refusals.ts';
import type { Server } from '#contract/server.ts';
import { mayRestart, runVerbOf } from '../components/run-verb.ts';
import type { TabCommand } from '../tabs/use-tabs.ts';
import { t } from '../words/language.ts';
import { whyNot, type Offer } from '../permission/offers.ts';

/** What a command does; `use-command.ts` does it. */
export type Intent =
  | { type: 'go'; path: string }
  | { type: 'launch'; image: string }
  | { type: 'ask'; verb: 'start' | 'stop' | 'restart'; id: string }
  | { type: 'tab'; command: TabCommand }
  | { type: 'split'; direction: 'row' | 'column'; other: string }
  | { type: 'reload-ide' | 'find-in-ide' | 'choose-download-folder' };

export interface Command {
  /** What the person reads and types. */
  title: string;
  /** What kind of thing it is about. */
  group: 'workspace' | 'launch' | 'page' | 'ide';
  intent: Intent;
}

/** The open workspaces, as far as they decide what can be done with them. */
export interface OpenTabs {
  ids: readonly string[];
  /** The one that is looked at. */
  here: string | undefined;
  canReopen: boolean;
  isSplit: boolean;
  /** Whether the one that is looked at has a window of its own. */
  hasWindow: boolean;
}

export interface CommandWorld {
  servers: readonly Server[];
  presets: readonly Preset[];
  /** The workspace whose IDE is shown, where it is a view of the desktop. */
  shownView: string | undefined;
  hasDownloads: boolean;
  tabs: OpenTabs;
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
export function commandsOf({ servers, presets, shownView, hasDownloads, tabs, caller }: CommandWorld): Command[] {
  const mayLaunch = whyNot('launch', caller) === undefined;
  return [
    ...(shownView === undefined
      ? []
      : [
          { title: t().palette.find, group: 'ide', intent: { type: 'find-in-ide' } } as const,
          { title: t().palette.reload, group: 'ide', intent: { type: 'reload-ide' } } as const,
        ]),
    ...commandsOfTabs(tabs, servers),
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

function commandsOfTabs({ ids, here, canReopen, isSplit, hasWindow }: OpenTabs, servers: readonly Server[]): Command[] {
  const tab = (title: string, command: TabCommand): Command => ({
    title,
    group: 'ide',
    intent: { type: 'tab', command },
  });
  const words = t().tabs;
  const isHere = here !== undefined && ids.includes(here);
  const others = servers.filter(({ id }) => id !== here && ids.includes(id));
  return [
    ...(ids.length > 1 ? [tab(words.next, 'next-tab'), tab(words.previous, 'previous-tab')] : []),
    ...(isHere ? [tab(words.close, 'close-tab')] : []),
    ...(canReopen ? [tab(words.reopen, 'reopen-tab')] : []),
    ...(isHere && ids.length > 1 ? [tab(words.moveLeft, 'move-left'), tab(words.moveRight, 'move-right')] : []),
    ...(isSplit ? [tab(words.endSplit, 'end-split')] : []),
    ...(isHere ? [hasWindow ? tab(words.popIn, 'pop-in') : tab(words.popOut, 'pop-out')] : []),
    ...(isHere ? others : []).flatMap(({ id, name }): Command[] => [
      { title: words.besideOf(name), group: 'ide', intent: { type: 'split', direction: 'row', other: id } },
      { title: words.belowOf(name), group: 'ide', intent: { type: 'split', direction: 'column', other: id } },
    ]),
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
