import type { Preset } from '#contract/image-defaults.ts';
import type { Server } from '#contract/server.ts';
import { mayRestart, runVerbOf } from '../components/run-verb.ts';

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
}

const pages: readonly Command[] = [
  { title: 'Workspaces', group: 'Page', intent: { type: 'go', path: '/' } },
  { title: 'Launch any image', group: 'Page', intent: { type: 'go', path: '/launch' } },
  { title: 'Cluster', group: 'Page', intent: { type: 'go', path: '/cluster' } },
  { title: 'Presets', group: 'Page', intent: { type: 'go', path: '/presets' } },
  { title: 'Settings', group: 'Page', intent: { type: 'go', path: '/settings' } },
  { title: 'Doctor', group: 'Page', intent: { type: 'go', path: '/doctor' } },
  { title: 'API', group: 'Page', intent: { type: 'go', path: '/api/docs' } },
];

/** Everything that can be done now from anywhere. Deleting is not among it: it asks for more than a key that was meant for another line. */
export function commandsOf({ servers, presets, shownView, hasDownloads }: CommandWorld): Command[] {
  return [
    ...(shownView === undefined
      ? []
      : [
          { title: 'Find in the IDE', group: 'IDE', intent: { type: 'find-in-ide' } } as const,
          { title: 'Reload the IDE', group: 'IDE', intent: { type: 'reload-ide' } } as const,
        ]),
    ...servers.flatMap(commandsOfWorkspace),
    ...presets.map(
      ({ label, image }): Command => ({ title: `Launch ${label}`, group: 'Launch', intent: { type: 'launch', image } }),
    ),
    ...pages,
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

function commandsOfWorkspace({ id, name, phase }: Server): Command[] {
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
    go(`Logs of ${name}`, `${path}/logs`),
    go(`Terminal of ${name}`, `${path}/terminal`),
    go(`Ports of ${name}`, `${path}/ports`),
    go(`Events of ${name}`, `${path}/events`),
    go(`YAML of ${name}`, `${path}/yaml`),
    ...(verb === undefined ? [] : [ask(`${verb === 'start' ? 'Start' : 'Stop'} ${name}`, verb)]),
    ...(mayRestart(phase) ? [ask(`Restart ${name}`, 'restart')] : []),
  ];
}
