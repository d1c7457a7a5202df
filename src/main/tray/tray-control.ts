import type { Preset } from '#contract/image-defaults.ts';
import type { HostClient } from '#contract/routes.ts';
import type { Log } from '#host/observability/log.ts';
import type { FollowedWorld } from '../follow-world.ts';
import { sentences } from '../notices/notice.ts';
import { quickEntries, type QuickEntries } from '../quick/quick-entries.ts';
import type { Notify } from '../notices/notifier.ts';
import { shownFailure } from '../problem/shown-failure.ts';
import { onLanguage, t } from '../words/words.ts';
import { createTray } from './tray.ts';
import { trayMenu, type TrayAction } from './tray-menu.ts';

export interface TrayControlOptions {
  client: HostClient;
  world: FollowedWorld;
  iconDir: string;
  /** Brings the window to the front, at this path of the UI when one is given. */
  show: (path?: string) => void;
  /** Shows the same where the system has a menu of its own for the app. */
  offer: (entries: QuickEntries) => void;
  notify: Notify;
  quit: () => void;
  log: Log;
}

/** Keeps the tray's menu in step with the world, and does what is chosen in it. Returns the end of it. */
export function runTray({ client, world, iconDir, show, offer, notify, quit, log }: TrayControlOptions): () => void {
  const tray = createTray(iconDir, act);
  let presets: readonly Preset[] = [];

  function update(): void {
    const { servers, cluster } = world.now();
    tray.update(trayMenu({ presets, servers: [...servers.values()], cluster }));
    offer(quickEntries([...servers.values()], presets));
  }

  function act(action: TrayAction): void {
    switch (action.type) {
      case 'launch':
        launch(action.image).catch((error: unknown) => report(t().tray.notLaunched, error));
        return;
      case 'open':
        return show(`/workspaces/${action.id}`);
      case 'show':
        return show();
      case 'quit':
        return quit();
    }
  }

  async function launch(image: string): Promise<void> {
    const { id } = await client.workspaces.create({ image });
    show(`/workspaces/${id}`);
  }

  function report(title: string, error: unknown): void {
    log.warn({ err: error }, title);
    notify({ title, body: sentences(shownFailure(error)), path: '/' });
    show('/');
  }

  const stopFollowing = world.onChange(({ event }) => {
    if (event.type === 'cluster' || event.type === 'snapshot' || event.type === 'presets') refreshPresets();
    update();
  });

  function refreshPresets(): void {
    client.images.list().then(
      (list) => {
        presets = list;
        update();
      },
      (error: unknown) => log.warn({ err: error }, 'the presets for the tray could not be read'),
    );
  }

  refreshPresets();
  update();
  const stopListening = onLanguage(update);
  return () => {
    stopListening();
    stopFollowing();
    tray.destroy();
  };
}
