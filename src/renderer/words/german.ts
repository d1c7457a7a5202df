import { windowWordsInGerman } from '#contract/words/window-de.ts';
import { activity } from './de/activity.ts';
import { capacity, local, operator, rights } from './de/capacity.ts';
import { cluster } from './de/cluster.ts';
import { banners, frame, languages, palette, said, startup, time, updates } from './de/frame.ts';
import { doctor, ownCluster, presets, reference, settings } from './de/host.ts';
import { asking, events, logs, portList, search, terminal, yaml } from './de/inside.ts';
import { env, home, launch, placement, ports, probe, resources, wrong } from './de/launch.ts';
import { bulk, homes, list, undo } from './de/list.ts';
import { sharing } from './de/sharing.ts';
import { shortcuts } from './de/shortcuts.ts';
import { hosts } from './de/hosts.ts';
import { tailnet } from './de/tailnet.ts';
import { clipboard, downloads, failure, memory, notifications, permission, tabs, trust, view } from './de/view.ts';
import { phase, workspace } from './de/workspace.ts';
import type { Words } from './words.ts';

/** The same texts in German. */
export const german: Words = {
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
  window: windowWordsInGerman,
};
