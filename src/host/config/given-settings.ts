import type { SettingSource } from '#contract/settings.ts';
import { placeIn } from './config-file.ts';
import { allSettings } from './settings-table.ts';
import type { SettingKey, SettingPlace } from './settings-table.ts';

/** What the command line said, by the setting's name. */
export type SettingFlags = Partial<Record<SettingKey, string | undefined>>;

/** What one place says of a setting, as it stands there. */
export interface GivenSetting {
  raw: unknown;
  source: Exclude<SettingSource, 'chosen'>;
  /** The flag, the variable, or file and line: for errors and for people who wonder. */
  from: string;
}

/** What counts of each setting. */
export type GivenSettings = Readonly<Record<SettingKey, GivenSetting>>;

/** The configuration file as it was read. */
export interface FileSettings {
  path: string;
  values: Readonly<Record<string, unknown>>;
  /** Undefined where the key is not in it. */
  lineOf(key: string): number | undefined;
}

/** Of each setting what counts: flag before environment before file before default. An empty variable counts as absent. Pure. */
export function givenSettings(env: NodeJS.ProcessEnv, file: FileSettings, flags: SettingFlags): GivenSettings {
  const entries = Object.entries(allSettings).map(([key, place]) => [
    key,
    given(place, { flag: flags[key as SettingKey], env, file }),
  ]);
  return Object.fromEntries(entries) as GivenSettings;
}

function given(
  place: SettingPlace,
  { flag, env, file }: { flag: string | undefined; env: NodeJS.ProcessEnv; file: FileSettings },
): GivenSetting {
  if (flag !== undefined) return { raw: said(place, flag), source: 'flag', from: place.flag ?? 'the command line' };
  const variable = place.variable === undefined ? undefined : env[place.variable]?.trim() || undefined;
  if (variable !== undefined) return { raw: said(place, variable), source: 'environment', from: place.variable ?? '' };
  const value = place.file === undefined ? undefined : file.values[place.file];
  if (value !== undefined) {
    const from = placeIn(file.path, file.lineOf(place.file ?? ''));
    return { raw: typeof value === 'boolean' ? String(value) : value, source: 'file', from };
  }
  return { raw: place.fallback, source: 'default', from: 'default' };
}

/** A text of the environment or the command line as a file would have it. */
function said({ list, anyCase }: SettingPlace, text: string): string | string[] {
  const lowered = anyCase === true ? text.toLowerCase() : text;
  return list === true ? lowered.split(',').map((entry) => entry.trim()) : lowered;
}
