import { GuildNetError } from '#contract/errors.ts';
import type { World } from '../kube/world.ts';
import { nearestNames } from './resource/nearest-names.ts';

/** That there is no workspace of this id; of those that there are, the nearest are named. */
export function noSuchWorkspace(id: string, { workspaces }: Pick<World, 'workspaces'>): GuildNetError {
  const nearest = nearestNames(
    id,
    workspaces.list().map(({ metadata }) => metadata.name),
  );
  return new GuildNetError('not_found', `There is no workspace "${id.slice(0, 80)}".`, {
    remedy:
      nearest.length === 0
        ? 'It may have been deleted; the list shows what there is.'
        : `Did you mean ${nearest.map((name) => `"${name}"`).join(' or ')}? It may also have been deleted.`,
    details: { id: id.slice(0, 253), ...(nearest.length === 0 ? {} : { nearest }) },
  });
}
