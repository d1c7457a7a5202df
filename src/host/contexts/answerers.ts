import type { HostRouter } from '../api/router.ts';
import type { ClusterConnection } from '../cluster/connection.ts';
import { noSuchContext } from '../cluster/no-such-context.ts';
import { contextLabel } from './context-label.ts';
import type { Answerer, Contexts } from './elsewhere.ts';
import type { OpenContext, OpenContexts } from './open-contexts.ts';
import { notOpen } from './whereabouts.ts';

export interface AnswerersOptions {
  own(): HostRouter;
  cluster: Pick<ClusterConnection, 'state' | 'chosen'>;
  contexts: Pick<OpenContexts, 'list' | 'at'>;
  /** The router of one that is open beside the one in use. */
  make(context: OpenContext): HostRouter;
}

/** Who answers calls that name a context: the one in use is understood by its own name and label, too. */
export function createAnswerers({ own, cluster, contexts, make }: AnswerersOptions): Contexts {
  const made = new WeakMap<OpenContext, HostRouter>();
  const of = (context: OpenContext): Answerer => {
    const router = made.get(context) ?? make(context);
    made.set(context, router);
    return { router, as: context.as };
  };
  const isOwn = (named: string): boolean => {
    const name = cluster.state.context ?? cluster.chosen.context;
    return name !== undefined && (named === name || named === contextLabel(name));
  };
  return {
    byLabel(label) {
      const found = contexts.at(label);
      if (found !== undefined) return of(found);
      if (isOwn(label)) return { router: own() };
      throw notOpen(label, contexts.list());
    },
    byName(name) {
      const found = contexts.list().find((one) => one.name === name || one.label === name);
      if (found !== undefined) return of(found);
      if (isOwn(name)) return { router: own() };
      const { context } = cluster.state;
      throw noSuchContext(name, [
        ...(context === undefined ? [] : [context]),
        ...contexts.list().map((one) => one.name),
      ]);
    },
  };
}
