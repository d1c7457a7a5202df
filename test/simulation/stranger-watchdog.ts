import type { SimulatedApi } from './api/api-server.ts';
import type { Stored } from './api/stored.ts';

/**
 * Sees to it that what others made under a name of ours is left to them. One that comes between the operator's look and its
 * first apply is merged with ours, since server-side apply has no "only if absent"; then it has to be given back at once. That
 * happens to each operator once at most: of two, the one that was frozen between its look and its apply is merged after the
 * other has given back.
 * Returns what is wrong with strangers' Services when all has settled. `fair`: nothing went wrong that could have kept the
 * operator from knowing of the merger or from undoing it; otherwise it may take the object for its own.
 */
export function watchStrangers(api: SimulatedApi, fair: boolean, violation: (text: string) => void): () => string[] {
  /** As strangers made them, and which operators have merged with it, by uid. */
  const made = new Map<string, { content: string; merged: Set<string> }>();

  api.onWrite(({ plural, who, verb, name, before, after }) => {
    if (plural !== 'services') return;
    if (verb === 'create' && who === 'user' && after !== undefined)
      made.set(after.metadata.uid, { content: contentOf(after), merged: new Set() });
    const strangers = made.get(before?.metadata.uid ?? '');
    if (strangers === undefined || before === undefined || !who.startsWith('operator') || isOwned(before)) return;
    if (verb === 'delete' || strangers.merged.has(who)) violation(`${who} touched a stranger's Service ${name}`);
    strangers.merged.add(who);
  });
  return () =>
    api.list('services').flatMap((service) => {
      const strangers = made.get(service.metadata.uid);
      if (strangers === undefined || contentOf(service) === strangers.content) return [];
      return isOwned(service) && !fair ? [] : [`a stranger's Service ${service.metadata.name} was not given back`];
    });
}

function isOwned({ metadata }: Stored): boolean {
  return (metadata.ownerReferences ?? []).length > 0;
}

function contentOf({ metadata, spec }: Stored): string {
  const { labels = {}, annotations = {}, ownerReferences = [] } = metadata;
  return JSON.stringify([spec, labels, annotations, ownerReferences]);
}
