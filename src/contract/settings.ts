import { z } from 'zod';
import { cutTextOf, listOf, longest, most, textOf } from './bounded.ts';

/** Where a setting comes from; an earlier one wins at the start. chosen: while a host ran (`guildnet context use`), which counts at once. */
export const settingSources = ['flag', 'environment', 'file', 'chosen', 'default'] as const;
export type SettingSource = (typeof settingSources)[number];

export const settingSchema = z.object({
  /** As the configuration file has it, or the variable where the file has none. */
  key: textOf(longest.label),
  /** The environment variable that sets it, where there is one. */
  variable: textOf(longest.label).optional(),
  /** The value that counts; masked where it is secret, absent where nothing is set. */
  value: cutTextOf(longest.message).optional(),
  source: z.enum(settingSources),
  /** The flag, the variable, or file and line. */
  from: cutTextOf(longest.url),
  meaning: cutTextOf(longest.reason),
});
export type Setting = z.infer<typeof settingSchema>;

/** A variable of the environment that is called like ours, and that nothing reads: probably a slip of the pen. */
export const unreadVariableSchema = z.object({
  variable: cutTextOf(longest.label),
  /** The one that was probably meant. */
  nearest: textOf(longest.label).optional(),
});
export type UnreadVariable = z.infer<typeof unreadVariableSchema>;

/** What a host is set to, and where each of it was said. */
export const settingsReportSchema = z.object({
  /** The configuration file, whether it is there or not. */
  file: cutTextOf(longest.path),
  settings: listOf(settingSchema, most.entries),
  unread: listOf(unreadVariableSchema, most.entries),
});
export type SettingsReport = z.infer<typeof settingsReportSchema>;
