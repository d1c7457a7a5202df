import { settingsReportSchema } from '#contract/settings.ts';
import type { Setting, SettingsReport } from '#contract/settings.ts';
import type { GivenSettings } from './given-settings.ts';
import { allSettings } from './settings-table.ts';
import type { SettingKey, SettingPlace } from './settings-table.ts';
import { unreadVariables } from './unread-variables.ts';

/** Where the file is, which cannot say so itself. */
const homePlace: Pick<SettingPlace, 'fallback' | 'secret' | 'meaning'> = {
  fallback: '~/.guildnet',
  meaning: 'The folder of everything that the host keeps.',
};

const mask = '•••';

/** What counts and where it was said, for people and programs; what is secret is masked. Pure. */
export function settingsReport(env: NodeJS.ProcessEnv, file: string, given: GivenSettings): SettingsReport {
  const settings = Object.entries(allSettings).map(([key, place]): Setting => {
    const { raw, source, from } = given[key as SettingKey];
    return {
      key: place.file ?? key,
      ...variableOf(place.variable),
      ...valueOf(place, raw),
      source,
      from,
      ...meant(place),
    };
  });
  return settingsReportSchema.parse({
    file,
    settings: [...settings, ofEnvironment(env, 'GUILDNET_HOME', homePlace)],
    unread: unreadVariables(env),
  });
}

function ofEnvironment(env: NodeJS.ProcessEnv, variable: string, place: typeof homePlace): Setting {
  const text = env[variable]?.trim() || undefined;
  const found = text === undefined ? ({ source: 'default', from: 'default' } as const) : undefined;
  return {
    key: variable,
    variable,
    ...valueOf(place, text ?? place.fallback),
    ...(found ?? { source: 'environment', from: variable }),
    ...meant(place),
  };
}

function variableOf(variable: string | undefined): Pick<Setting, 'variable'> {
  return variable === undefined ? {} : { variable };
}

function meant({ meaning }: Pick<SettingPlace, 'meaning'>): Pick<Setting, 'meaning'> {
  return { meaning };
}

function valueOf({ secret }: Pick<SettingPlace, 'secret'>, raw: unknown): Pick<Setting, 'value'> {
  const value = textOf(raw);
  if (value === undefined) return {};
  return { value: secret === true ? mask : value };
}

/** Lists by commas, presets by their labels. */
function textOf(raw: unknown): string | undefined {
  if (typeof raw === 'string') return raw;
  if (!Array.isArray(raw)) return undefined;
  const items = raw.map((one: unknown) =>
    typeof one === 'object' && one !== null && 'label' in one ? String(one.label) : String(one),
  );
  return items.length === 0 ? undefined : items.join(', ');
}
