import type { Preset } from '#contract/image-defaults.ts';
import type { CallerFacts } from '#contract/refusals.ts';
import type { Server } from '#contract/server.ts';
import { mayRestart, runVerbOf } from '../components/run-verb.ts';
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
  group: 'Workspace' | 'Launch' | 'Page' | 'IDE';
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

const pages: readonly (Command & { offer?: Offer })[] = [
  { title: 'Workspaces', group: 'Page', intent: { type: 'go', path: '/' } },
  { title: 'Launch any image', group: 'Page', intent: { type: 'go', path: '/launch' }, offer: 'launch' },
  { title: 'Cluster', group: 'Page', intent: { type: 'go', path: '/cluster' } },
  { title: 'Presets', group: 'Page', intent: { type: 'go', path: '/presets' } },
  { title: 'Settings', group: 'Page', intent: { type: 'go', path: '/settings' }, offer: 'host' },
  { title: 'Doctor', group: 'Page', intent: { type: 'go', path: '/doctor' }, offer: 'host' },
  { title: 'API', group: 'Page', intent: { type: 'go', path: '/api/docs' } },
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
          { title: 'Find in the IDE', group: 'IDE', intent: { type: 'find-in-ide' } } as const,
          { title: 'Reload the IDE', group: 'IDE', intent: { type: 'reload-ide' } } as const,
        ]),
    ...servers.flatMap(commandsOfWorkspace),
    ...(mayLaunch ? presets : []).map(
      ({ label, image }): Command => ({ title: `Launch ${label}`, group: 'Launch', intent: { type: 'launch', image } }),
    ),
    ...pages.flatMap(({ offer, ...page }) =>
      offer === undefined || whyNot(offer, caller) === undefined ? [page] : [],
    ),
    ...(hasDownloads
      ? [
          {
            title: 'Choose the folder for downloads',
            group: 'Page',
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
  const go = (title: string, to: string): Command => ({ title, group: 'Workspace', intent: { type: 'go', path: to } });
  const ask = (title: string, verb: 'start' | 'stop' | 'restart'): Command => ({
    title,
    group: 'Workspace',
    intent: { type: 'ask', verb, id },
  });
  const verb = runVerbOf(phase);
  return [
    go(`Open ${name}`, path),
    ...(may('logs') ? [go(`Logs of ${name}`, `${path}/logs`)] : []),
    ...(may('terminal') ? [go(`Terminal of ${name}`, `${path}/terminal`)] : []),
    go(`Ports of ${name}`, `${path}/ports`),
    go(`Events of ${name}`, `${path}/events`),
    go(`YAML of ${name}`, `${path}/yaml`),
    ...(verb === undefined || !may(verb) ? [] : [ask(`${verb === 'start' ? 'Start' : 'Stop'} ${name}`, verb)]),
    ...(mayRestart(phase) && may('restart') ? [ask(`Restart ${name}`, 'restart')] : []),
  ];
}
