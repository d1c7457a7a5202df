import { GuildNetError } from '#contract/errors.ts';
import { nearestNames } from '../workspaces/resource/nearest-names.ts';

/** So many are listed in a remedy; a kubeconfig may have hundreds. */
const mostNamed = 10;

/** That a kubeconfig has no context of this name; of those that it has, the nearest are named, or else the first. Pure. */
export function noSuchContext(name: string, known: readonly string[]): GuildNetError {
  const nearest = nearestNames(name, known);
  const quoted = (names: readonly string[], word: string): string => names.map((one) => `"${one}"`).join(word);
  const more = known.length > mostNamed ? `, and ${String(known.length - mostNamed)} more` : '';
  const remedy =
    known.length === 0
      ? 'Set KUBECONFIG to one that has.'
      : nearest.length > 0
        ? `Did you mean ${quoted(nearest, ' or ')}?`
        : `It has: ${known.slice(0, mostNamed).join(', ')}${more}.`;
  return new GuildNetError('not_found', `The kubeconfig has no context "${name.slice(0, 80)}".`, {
    remedy,
    details: { context: name.slice(0, 253), ...(nearest.length === 0 ? {} : { nearest }) },
  });
}
