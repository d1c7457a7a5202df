import { z } from 'zod';
import { listOf, longest, textOf } from '#contract/bounded.ts';
import { viewBudgetSchema } from '#contract/desktop.ts';
import { chosenShortcutsSchema } from '#contract/shortcuts/shortcuts.ts';

/** What a person, or the app for them, has set for this window on this machine; what concerns the host is in its own configuration. */
export const desktopSettingsSchema = z.object({
  /** Where downloads go; absent: the system's folder for them. */
  downloadFolder: textOf(longest.path).min(1).optional(),
  /** Closing the window where there is no tray has been said to mean the end, and need not be asked again. */
  endsWithWindow: z.boolean().optional(),
  /** The version of the app in which the graphics process crashed too often: that version does without. */
  softwareRenderingIn: textOf(longest.token).optional(),
  /** The keys of the app's commands that were chosen. */
  shortcuts: chosenShortcutsSchema.optional(),
  /** An older name of `leave-ide` in `shortcuts`. */
  paletteKey: textOf(longest.label).optional(),
  /** Where the system's list of what starts at login has no arguments: whether the app then starts without a window. */
  startsHiddenAtLogin: z.boolean().optional(),
  /** What IDEs that nobody looks at may take of the memory, in MB; absent: by how much there is. */
  viewBudget: viewBudgetSchema.optional(),
  /** What was answered about the clipboard, by workspace and the image that it had then. */
  clipboard: listOf(
    z.object({ id: textOf(longest.name), image: textOf(longest.image), mayRead: z.boolean() }),
    256,
  ).optional(),
  /** The same about notifications of the system. */
  notifications: listOf(
    z.object({ id: textOf(longest.name), image: textOf(longest.image), isAllowed: z.boolean() }),
    256,
  ).optional(),
  /** The language that was chosen; absent: the system's. */
  language: z.enum(['en', 'de']).optional(),
  /** Whether newer versions of the app are looked for; absent: yes, where there is a place to look at. */
  looksForUpdates: z.boolean().optional(),
});
export type DesktopSettings = z.infer<typeof desktopSettingsSchema>;

/** More than any settings file of ours, in bytes. */
export const longestSettings = 65_536;
