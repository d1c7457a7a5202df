import { GuildNetError } from '#contract/errors.ts';
import { nearestNames } from './resource/nearest-names.ts';

/** That there is no workspace of this id; `ids` are those that there are, of which the nearest are named. */
export function noSuchWorkspace(id: string, ids: readonly string[]): GuildNetError {
  const nearest = nearestNames(id, ids);
  return new GuildNetError('not_found', `There is no workspace "${id.slice(0, 80)}".`, {
    remedy:
      nearest.length === 0
        ? 'It may have been deleted; the list shows what there is.'
        : `Did you mean ${nearest.map((name) => `"${name}"`).join(' or ')}? It may also have been deleted.`,
    details: { id: id.slice(0, 253), ...(nearest.length === 0 ? {} : { nearest }) },
  });
}
