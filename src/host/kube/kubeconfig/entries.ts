import { dirname, isAbsolute, join, resolve, sep } from 'node:path';
import type { ParsedFile } from './parse.ts';
import { badKubeconfig } from './problem.ts';
import type { ClusterFields, ContextFields, ExecFields, UserFields } from './schema.ts';

/** Something that has a name in a kubeconfig, with where it stands. */
export interface Entry<Fields> {
  name: string;
  fields: Fields;
  file: string;
  /** Where it is written, from 1. */
  line: number | undefined;
}

/** The named things of one kubeconfig, or of several together. */
export interface Entries {
  clusters: ReadonlyMap<string, Entry<ClusterFields>>;
  users: ReadonlyMap<string, Entry<UserFields>>;
  contexts: ReadonlyMap<string, Entry<ContextFields>>;
  currentContext: string;
}

/**
 * The entries of one file, with paths made absolute from the file's own folder (client-go, ResolveLocalPaths; a plugin's command only
 * when it has a separator). Throws `bad_config` where two entries of a list have one name.
 */
export function entriesOf(parsed: ParsedFile): Entries {
  const base = resolve(dirname(parsed.file));
  const { clusters, users, contexts, 'current-context': currentContext } = parsed.fields;
  return {
    clusters: byName(
      parsed,
      'clusters',
      (clusters ?? []).map(({ name, cluster }) => [name, withPaths(cluster ?? {}, base, ['certificate-authority'])]),
    ),
    users: byName(
      parsed,
      'users',
      (users ?? []).map(({ name, user }) => [name, userPaths(user ?? {}, base)]),
    ),
    contexts: byName(
      parsed,
      'contexts',
      (contexts ?? []).map(({ name, context }) => [name, context ?? {}]),
    ),
    currentContext: currentContext ?? '',
  };
}

/**
 * Several files together: of two entries with one name the first counts, whole, and of the current contexts the first that is set
 * (client-go, ClientConfigLoadingRules.Load).
 */
export function mergeEntries(all: readonly Entries[]): Entries {
  const first = <Value>(maps: readonly ReadonlyMap<string, Value>[]): ReadonlyMap<string, Value> => {
    const merged = new Map<string, Value>();
    for (const [name, value] of maps.flatMap((map) => [...map])) if (!merged.has(name)) merged.set(name, value);
    return merged;
  };
  return {
    clusters: first(all.map(({ clusters }) => clusters)),
    users: first(all.map(({ users }) => users)),
    contexts: first(all.map(({ contexts }) => contexts)),
    currentContext: all.find(({ currentContext }) => currentContext !== '')?.currentContext ?? '',
  };
}

function byName<Fields>(
  parsed: ParsedFile,
  list: 'clusters' | 'users' | 'contexts',
  items: readonly (readonly [name: string | null | undefined, fields: Fields])[],
): ReadonlyMap<string, Entry<Fields>> {
  const entries = new Map<string, Entry<Fields>>();
  for (const [index, [written, fields]] of items.entries()) {
    const name = written ?? '';
    const line = parsed.lineOf([list, index]);
    if (entries.has(name))
      throw badKubeconfig(parsed.file, `${list} has two entries with the name "${name}"`, { line });
    entries.set(name, { name, fields, file: parsed.file, line });
  }
  return entries;
}

function userPaths(fields: UserFields, base: string): UserFields {
  const user = withPaths(fields, base, ['client-certificate', 'client-key', 'tokenFile']);
  return user.exec ? { ...user, exec: withCommand(user.exec, base) } : user;
}

function withCommand(exec: ExecFields, base: string): ExecFields {
  return exec.command?.includes(sep) === true ? withPaths(exec, base, ['command']) : exec;
}

function withPaths<Fields extends object>(fields: Fields, base: string, names: readonly (keyof Fields)[]): Fields {
  const changed = { ...fields };
  for (const name of names) {
    const value: unknown = fields[name];
    if (typeof value === 'string' && value !== '' && !isAbsolute(value))
      (changed as Record<PropertyKey, unknown>)[name] = join(base, value);
  }
  return changed;
}
