import { expect, test } from 'vitest';
import type { Server } from '#contract/server.ts';
import { commandsOf, type CommandWorld, type OpenTabs } from './commands.ts';

const server = (phase: Server['phase']): Server => ({ id: 'a', name: 'a', image: 'i', status: 'running', phase });
const noTabs: OpenTabs = { ids: [], here: undefined, canReopen: false, isSplit: false, hasWindow: false };
const empty: CommandWorld = { servers: [], presets: [], shownView: undefined, hasDownloads: false, tabs: noTabs };
const titles = (world: Partial<CommandWorld>): string[] => commandsOf({ ...empty, ...world }).map(({ title }) => title);
const pages = [
  'Workspaces',
  'Launch any image',
  'Sharing',
  'Cluster',
  'Tailnet',
  'Presets',
  'Settings',
  'Doctor',
  'Activity',
  'API',
];

test('without workspaces there are the pages', () => {
  expect(titles({})).toEqual(pages);
});

test.each<[Server['phase'], string[]]>([
  ['Running', ['Stop a', 'Restart a']],
  ['Starting', ['Stop a', 'Restart a']],
  ['Failed', ['Stop a', 'Restart a']],
  ['Stopped', ['Start a']],
  ['Terminating', []],
])('a workspace that is %s', (phase, verbs) => {
  expect(titles({ servers: [server(phase)] })).toEqual([
    'Open a',
    'Logs of a',
    'Terminal of a',
    'Ports of a',
    'Events of a',
    'YAML of a',
    'Share a',
    ...verbs,
    ...pages,
  ]);
});

test('what whoever looks may not do is not among them', () => {
  const refusal = (what: 'stop' | 'terminal' | 'launch' | 'admin') => ({ what, rule: 'r', reason: 'r' });
  const found = titles({
    servers: [{ ...server('Running'), refused: [refusal('stop'), refusal('terminal')] }],
    presets: [{ label: 'Code', image: 'x:1' }],
    caller: { who: 'user:anna', local: false, refused: [refusal('launch'), refusal('admin')] },
  });
  expect(found).toEqual([
    'Open a',
    'Logs of a',
    'Ports of a',
    'Events of a',
    'YAML of a',
    'Workspaces',
    'Sharing',
    'Cluster',
    'Tailnet',
    'Presets',
    'API',
  ]);
});

test('presets are launched by their image', () => {
  expect(commandsOf({ ...empty, presets: [{ label: 'Code', image: 'x:1' }] })[0]).toEqual({
    title: 'Launch Code',
    group: 'launch',
    intent: { type: 'launch', image: 'x:1' },
  });
});

test('what only a view has comes first, and what only the desktop has last', () => {
  const all = titles({ shownView: 'a', hasDownloads: true });
  expect(all.slice(0, 2)).toEqual(['Find in the IDE', 'Reload the IDE']);
  expect(all.at(-1)).toBe('Choose the folder for downloads');
});

test('nothing in it deletes', () => {
  expect(titles({ servers: [server('Running')] }).filter((title) => /delete/i.test(title))).toEqual([]);
});

test('open workspaces are walked, moved, split, closed and given windows', () => {
  const servers = ['a', 'b', 'c'].map((id) => ({ ...server('Running'), id, name: id }));
  const found = (tabs: Partial<OpenTabs>): string[] =>
    commandsOf({ ...empty, servers, tabs: { ...noTabs, ...tabs } })
      .filter(({ group }) => group === 'ide')
      .map(({ title }) => title);
  expect(found({})).toEqual([]);
  expect(found({ canReopen: true })).toEqual(['Reopen the closed tab']);
  expect(found({ ids: ['a'], here: 'a', hasWindow: true })).toEqual(['Close tab', 'Back into this window']);
  expect(found({ ids: ['a', 'b'], here: 'a', isSplit: true })).toEqual([
    'Next tab',
    'Previous tab',
    'Close tab',
    'Move the tab to the left',
    'Move the tab to the right',
    'End the split',
    'Open in a window of its own',
    'Show b beside this one',
    'Show b below this one',
  ]);
});
