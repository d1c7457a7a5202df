import { GuildNetError } from '#contract/errors.ts';
import type { Job } from '#contract/server.ts';

export interface EnvEntry {
  name: string;
  value: string;
}

/** Kubernetes' rule for names of environment variables. */
const envName = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;
const maxName = 253;

/** Values may be secrets: errors name an entry by its place and name only. */
function invalid(field: string, message: string, remedy: string): GuildNetError {
  return new GuildNetError('invalid_spec', message, { remedy, details: { field } });
}

/**
 * The environment of a launch request, given as a map or a list. Entries that are wholly blank are dropped, as the
 * specification says; one with a value and no name is a mistake that would lose the value, so it is refused.
 * `defaults` are the image's, for variables that are not given.
 */
export function newEnv(env: Job['env'] = [], defaults: Readonly<Record<string, string>> = {}): EnvEntry[] {
  const given = Array.isArray(env) ? env : Object.entries(env).map(([name, value]) => ({ name, value }));
  const names = new Set<string>();
  const entries: EnvEntry[] = [];
  for (const [index, { name: raw, value }] of given.entries()) {
    const name = raw.trim();
    const place = `The environment entry ${String(index + 1)}`;
    if (name === '' && value.trim() === '') continue;
    if (name === '')
      throw invalid(`env[${String(index)}].name`, `${place} has a value but no name.`, 'Give it a name, or remove it.');
    if (!envName.test(name) || name.length > maxName) {
      throw invalid(
        `env[${String(index)}].name`,
        `${place} is called "${name.slice(0, 80)}", which is not a name of an environment variable.`,
        'Use letters, digits, "_", "-" and ".", not beginning with a digit.',
      );
    }
    if (names.has(name))
      throw invalid(
        `env[${String(index)}].name`,
        `The environment variable ${name} is given twice.`,
        'Keep one of them.',
      );
    names.add(name);
    entries.push({ name, value });
  }
  const others = Object.entries(defaults).filter(([name]) => !names.has(name));
  return [...entries, ...others.map(([name, value]) => ({ name, value }))];
}
