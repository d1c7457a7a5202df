import type { Preset } from '#contract/image-defaults.ts';
import type { Server } from '#contract/server.ts';
import { plainWords } from '../ide/pop-up-shape.ts';

/** Something that the system's own menu of the app leads to: a link of ours, which opens a workspace or fills the launch form, and does nothing by itself. */
export interface QuickEntry {
  title: string;
  link: string;
}

export interface QuickEntries {
  running: QuickEntry[];
  presets: QuickEntry[];
}

/** Systems show about ten of these in all. */
const mostRunning = 6;
const mostPresets = 4;

/** What stands in the jump list of Windows and the dock menu of macOS: workspaces that run, by name, and presets. Pure. */
export function quickEntries(servers: readonly Server[], presets: readonly Preset[]): QuickEntries {
  const running = servers
    .filter(({ phase }) => phase === 'Running')
    .toSorted((a, b) => a.name.localeCompare(b.name))
    .slice(0, mostRunning);
  return {
    running: running.map(({ id, name }) => ({
      title: plainWords(name),
      link: `guildnet://open/${encodeURIComponent(id)}`,
    })),
    presets: presets.slice(0, mostPresets).map(({ label, image }) => ({
      title: plainWords(label),
      link: `guildnet://launch?image=${encodeURIComponent(image)}`,
    })),
  };
}
