import { windowWords } from '#contract/words/window-en.ts';
import { activity } from './en/activity.ts';
import { capacity, local, operator, rights } from './en/capacity.ts';
import { cluster } from './en/cluster.ts';
import { banners, frame, languages, palette, said, startup, time, updates } from './en/frame.ts';
import { doctor, ownCluster, presets, reference, settings } from './en/host.ts';
import { hosts } from './en/hosts.ts';
import { asking, events, logs, portList, search, terminal, yaml } from './en/inside.ts';
import { env, home, launch, placement, ports, probe, resources, wrong } from './en/launch.ts';
import { bulk, homes, list, undo } from './en/list.ts';
import { sharing } from './en/sharing.ts';
import { shortcuts } from './en/shortcuts.ts';
import { tailnet } from './en/tailnet.ts';
import { clipboard, downloads, failure, memory, notifications, permission, tabs, trust, view } from './en/view.ts';
import { phase, workspace } from './en/workspace.ts';

/** Every text of the pages, in English. Its type is what a translation has to have: one that lacks a text does not compile. */
export const english = {
  frame,
  banners,
  said,
  palette,
  time,
  languages,
  startup,
  shortcuts,
  updates,
  activity,
  cluster,
  capacity,
  local,
  operator,
  rights,
  list,
  bulk,
  homes,
  undo,
  sharing,
  tailnet,
  hosts,
  workspace,
  phase,
  launch,
  env,
  ports,
  home,
  probe,
  placement,
  resources,
  wrong,
  settings,
  presets,
  doctor,
  reference,
  ownCluster,
  terminal,
  search,
  logs,
  portList,
  events,
  yaml,
  asking,
  view,
  tabs,
  memory,
  clipboard,
  notifications,
  downloads,
  trust,
  permission,
  failure,
  /** The windows' own: menus, tray and dialogs, which no page shows. */
  window: windowWords,
};
export type Words = typeof english;
