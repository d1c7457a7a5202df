import { GuildNetError } from '#contract/errors.ts';
import type { Gate } from '../permission/gate.ts';
import type { ClusterScope } from './cluster-scope.ts';
import type { OpenContexts } from './open-contexts.ts';
import type { Finder } from './whereabouts.ts';

const noContext = { allowed: false, rule: 'no-context', reason: 'The context of this workspace is not open.' } as const;

/**
 * The gate of a host with several contexts: of a workspace its own cluster's policies decide and no other's, of what is about none those of
 * the context in use.
 */
export function joinedGate(
  own: Pick<ClusterScope, 'gate'>,
  contexts: Pick<OpenContexts, 'list'>,
  { find, at }: Finder,
): Gate {
  return {
    ...own.gate,
    explain(who, query) {
      if (query.workspace === undefined) return own.gate.explain(who, query);
      const { scope, id } = at(query.workspace);
      return scope.gate.explain(who, { ...query, workspace: id });
    },
    demandOf(asked) {
      const there = find(asked.id);
      // To a peer the same as one that may not be seen: which contexts are open is not for them to find out.
      if (there === undefined)
        throw new GuildNetError('not_found', `There is no workspace "${asked.id.slice(0, 80)}".`);
      return there.scope.gate.demandOf({ ...asked, id: there.id });
    },
    sees(who, id) {
      const there = find(id);
      return there !== undefined && there.scope.gate.sees(who, there.id);
    },
    mayShare(who, id) {
      const there = find(id);
      return there === undefined ? noContext : there.scope.gate.mayShare(who, there.id);
    },
    refused(who, id) {
      if (id === undefined) return own.gate.refused(who);
      const there = find(id);
      return there === undefined ? [] : there.scope.gate.refused(who, there.id);
    },
    hold(asked, end) {
      const there = find(asked.id);
      return there === undefined ? () => undefined : there.scope.gate.hold({ ...asked, id: there.id }, end);
    },
    untilChange(who, end) {
      const ends = [own.gate, ...contexts.list().map(({ scope }) => scope.gate)].map((gate) =>
        gate.untilChange(who, end),
      );
      return () => {
        for (const one of ends) one();
      };
    },
  };
}
