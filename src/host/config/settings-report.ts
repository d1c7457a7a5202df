import { settingsReportSchema } from '#contract/settings.ts';
import type { Setting, SettingsReport } from '#contract/settings.ts';
import type { GivenSettings } from './given-settings.ts';
import { allSettings } from './settings-table.ts';
import type { SettingKey, SettingPlace } from './settings-table.ts';
import { unreadVariables } from './unread-variables.ts';

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
    settings: [...settings, homeSetting(env)],
    unread: unreadVariables(env),
  });
}

/** Where the file is, which cannot say so itself. */
function homeSetting(env: NodeJS.ProcessEnv): Setting {
  const variable = 'GUILDNET_HOME';
  const said = env[variable]?.trim() || undefined;
  return {
    key: variable,
    variable,
    value: said ?? '~/.guildnet',
    ...(said === undefined ? { source: 'default', from: 'default' } : { source: 'environment', from: variable }),
    meaning: 'The folder of everything that the host keeps.',
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
