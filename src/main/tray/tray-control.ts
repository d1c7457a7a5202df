import { Notification } from 'electron';
import type { Preset } from '#contract/image-defaults.ts';
import type { HostClient } from '#contract/routes.ts';
import type { Log } from '#host/observability/log.ts';
import type { FollowedWorld } from '../follow-world.ts';
import { shownFailure } from '../problem/shown-failure.ts';
import { cameToFail } from '../world.ts';
import { createTray } from './tray.ts';
import { trayMenu, type TrayAction } from './tray-menu.ts';

export interface TrayControlOptions {
  client: HostClient;
  world: FollowedWorld;
  iconDir: string;
  /** Brings the window to the front, at this path of the UI when one is given. */
  show: (path?: string) => void;
  quit: () => void;
  log: Log;
}

/** Keeps the tray's menu in step with the world, and does what is chosen in it. Returns the end of it. */
export function runTray({ client, world, iconDir, show, quit, log }: TrayControlOptions): () => void {
  const launched = new Set<string>();
  const tray = createTray(iconDir, act);
  let presets: readonly Preset[] = [];

  function update(): void {
    const { servers, cluster } = world.now();
    tray.update(trayMenu({ presets, servers: [...servers.values()], cluster }));
  }

  function act(action: TrayAction): void {
    switch (action.type) {
      case 'launch':
        launch(action.image).catch((error: unknown) => report('The workspace was not launched', error));
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
    launched.add(id);
    show(`/workspaces/${id}`);
  }

  function report(title: string, error: unknown): void {
    log.warn({ err: error }, title);
    notify(title, sentences(shownFailure(error)), '/');
    show('/');
  }

  function notify(title: string, body: string, path: string): void {
    if (!Notification.isSupported()) return;
    const notification = new Notification({ title, body });
    notification.on('click', () => show(path));
    notification.show();
  }

  const stopFollowing = world.onChange(({ event, before, after }) => {
    for (const id of launched) {
      const server = after.servers.get(id);
      if (server === undefined ? before.servers.has(id) : server.phase === 'Running') launched.delete(id);
      if (server === undefined || !cameToFail(id, before, after)) continue;
      const why = server.failure ?? { message: 'Its page says more.' };
      notify(`${server.name} does not start`, sentences(why), `/workspaces/${id}`);
    }
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
  return () => {
    stopFollowing();
    tray.destroy();
  };
}

function sentences({ message, remedy }: { message: string; remedy?: string | undefined }): string {
  return remedy === undefined ? message : `${message} ${remedy}`;
}
