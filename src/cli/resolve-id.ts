import { GuildNetError } from '#contract/errors.ts';
import { readQualifiedId } from '#contract/qualified-id.ts';

/** The command that lists them. */
const lists = { workspace: 'ls', home: 'homes', forward: 'forwards' } as const;
const mostNamed = 5;

/**
 * The workspace, home of one or forward that a person means: an id as it stands, or the beginning of exactly one. What names no context is of the one
 * with `label`, and without that of the one in use: a name that is gone there must not lead to another cluster's. Throws `not_found` when none
 * fits and `invalid_spec` when several do, naming them.
 */
export function resolveId(
  given: string,
  ids: readonly string[],
  what: keyof typeof lists = 'workspace',
  inUse?: string,
): string {
  const { id: beginning, label = inUse } = readQualifiedId(given);
  const parts = ids.map((id) => ({ ...readQualifiedId(id), whole: id }));
  const exact = parts.find((one) => one.id === beginning && one.label === label);
  if (exact !== undefined) return exact.whole;
  const alike = beginning === '' ? [] : parts.filter(({ id }) => id.startsWith(beginning));
  const fitting = alike
    .filter((one) => one.label === label)
    .map(({ whole }) => whole)
    .toSorted();
  const [only] = fitting;
  if (only === undefined) {
    const elsewhere = alike.map(({ whole }) => whole).toSorted();
    throw new GuildNetError('not_found', `There is no ${what} "${given.slice(0, 80)}".`, {
      remedy:
        elsewhere.length === 0
          ? `See what there is with "guildnet ${lists[what]}".`
          : `In other contexts there is ${elsewhere.slice(0, mostNamed).join(', ')}.`,
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
