import { GuildNetError } from '#contract/errors.ts';

/** The command that lists them. */
const lists = { workspace: 'ls', home: 'homes', forward: 'forwards' } as const;

/**
 * The workspace, home of one or forward that a person means: an id as it stands, or the beginning of exactly one.
 * Throws `not_found` when none fits and `invalid_spec` when several do, naming them.
 */
export function resolveId(given: string, ids: readonly string[], what: keyof typeof lists = 'workspace'): string {
  if (ids.includes(given)) return given;
  const fitting = given === '' ? [] : ids.filter((id) => id.startsWith(given)).toSorted();
  const [only] = fitting;
  if (only === undefined) {
    throw new GuildNetError('not_found', `There is no ${what} "${given.slice(0, 80)}".`, {
      remedy: `See what there is with "guildnet ${lists[what]}".`,
      details: { id: given.slice(0, 253) },
    });
  }
  if (fitting.length > 1) {
    throw new GuildNetError('invalid_spec', `"${given}" is the beginning of several ${what}s: ${fitting.join(', ')}.`, {
      remedy: 'Give more of the name.',
      details: { id: given, fitting },
    });
  }
  return only;
}
