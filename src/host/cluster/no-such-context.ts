import { GuildNetError } from '#contract/errors.ts';
import { nearestNames } from '../workspaces/resource/nearest-names.ts';

/** So many are listed in a remedy; a kubeconfig may have hundreds. */
const mostNamed = 10;
const mostNearest = 3;

/** What people call a context whose name a provider has made of everything that it knows: `arn:aws:eks:…:cluster/staging`, `gke_project_zone_staging`. */
function calledBy(name: string): string {
  return name.split(/[/:_@]/).at(-1) ?? name;
}

function nearestContexts(name: string, known: readonly string[]): string[] {
  const nearest = nearestNames(name, known);
  if (nearest.length > 0) return nearest;
  const called = nearestNames(name, [...new Set(known.map(calledBy))]);
  return known.filter((one) => called.includes(calledBy(one))).slice(0, mostNearest);
}

/** That a kubeconfig has no context of this name; of those that it has, the nearest are named, or else the first. Pure. */
export function noSuchContext(name: string, known: readonly string[]): GuildNetError {
  const nearest = nearestContexts(name, known);
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
