import { homedir } from 'node:os';
import { join } from 'node:path';
import type { GivenSettings } from './given-settings.ts';
import { environmentSettings } from './settings-table.ts';

/**
 * The environment with what flags and the configuration file say of those settings that are read from there. What the environment
 * itself says is left as it is: a password may have spaces at its ends. Pure, but for where `~` is.
 */
export function completedEnvironment(env: NodeJS.ProcessEnv, given: GivenSettings): NodeJS.ProcessEnv {
  const said = Object.entries(environmentSettings).flatMap(([key, { variable }]) => {
    const { raw, source } = given[key as keyof typeof environmentSettings];
    return (source === 'flag' || source === 'file') && typeof raw === 'string' ? [[variable, atHome(raw)]] : [];
  });
  return { ...env, ...(Object.fromEntries(said) as NodeJS.ProcessEnv) };
}

/** In a file no shell has read `~`. */
function atHome(text: string): string {
  return text.startsWith('~/') ? join(homedir(), text.slice(2)) : text;
}
