import type { Log } from '#host/observability/log.ts';
import { desktopSettingsSchema, longestSettings, type DesktopSettings } from './desktop-settings.ts';
import { ownFile } from './own-file.ts';

export interface Settings {
  now(): DesktopSettings;
  /** Holds at once, also where the disk refuses it. */
  /** What is undefined is as if nobody had said anything. */
  change(part: { [Key in keyof DesktopSettings]?: DesktopSettings[Key] | undefined }): void;
}

/** The settings of this window, read once; the file is this app's alone, as there is one instance for a profile. */
export function openSettings(path: string, log: Log): Settings {
  const file = ownFile(path, {
    schema: desktopSettingsSchema,
    longestBytes: longestSettings,
    what: "the window's settings",
    log,
  });
  let settings = file.read() ?? {};
  return {
    now: () => settings,
    change(part) {
      // JSON leaves out what is undefined, and so does what holds until then.
      settings = desktopSettingsSchema.parse(
        Object.fromEntries(Object.entries({ ...settings, ...part }).filter(([, it]) => it !== undefined)),
      );
      file.write(settings);
    },
  };
}
