import { GuildNetError } from '#contract/errors.ts';
import { readQualifiedId } from '#contract/qualified-id.ts';
import type { ProxyAsk } from '../proxy/forms/ask.ts';
import type { Resolver } from '../proxy/resolve/resolver.ts';
import type { ProxyTarget } from '../proxy/target.ts';
import type { Upstream } from '../proxy/workspace-proxy.ts';
import type { ClusterScope } from './cluster-scope.ts';
import type { OpenContext, OpenContexts } from './open-contexts.ts';

/** A workspace by its name in its cluster. */
export interface Whereabouts {
  scope: ClusterScope;
  id: string;
  /** The context, where it is not the one in use. */
  context: OpenContext | undefined;
}

/** That no open context has this label. Names those that are open. */
export function notOpen(label: string, open: readonly Pick<OpenContext, 'label'>[]): GuildNetError {
  const names = open.map((one) => one.label).join(', ');
  return new GuildNetError('not_found', `No context is open that "@${label.slice(0, 63)}" stands for.`, {
    remedy:
      names === ''
        ? 'Open it ("guildnet context open"), or leave "@" out.'
        : `Open it ("guildnet context open"). Open are: ${names}.`,
  });
}

/** Finds the cluster of a workspace by its id. */
export interface Finder {
  /** Undefined where the context is not open. */
  find(id: string): Whereabouts | undefined;
  /** Throws `not_found` there. */
  at(id: string): Whereabouts;
}

export function createFinder(own: ClusterScope, contexts: Pick<OpenContexts, 'at' | 'list'>): Finder {
  const find = (text: string): Whereabouts | undefined => {
    // Each request to a workspace asks this.
    if (!text.includes('@')) return { scope: own, id: text, context: undefined };
    const { id, label = '' } = readQualifiedId(text);
    const context = contexts.at(label);
    return context === undefined ? undefined : { scope: context.scope, id, context };
  };
  return {
    find,
    at(text) {
      const found = find(text);
      if (found !== undefined) return found;
      throw notOpen(readQualifiedId(text).label ?? '', contexts.list());
    },
  };
}

/** What the cluster of what is asked for is asked: the same, under the name that it has there. */
export function askThere<Ask extends ProxyAsk>(ask: Ask, id: string): Ask {
  return ask.kind === 'server' && ask.id !== id ? { ...ask, id } : ask;
}

/** A target of another context, whose workspace is known here by another name. */
function targetHere<Target extends ProxyTarget>(target: Target, { as }: OpenContext): Target {
  if (target.kind === 'direct' || target.workspace === undefined) return target;
  return { ...target, workspace: as.id(target.workspace) };
}

/** What serves what is asked for now, in whichever cluster. Rejects as `Upstreams.of` does, and with `not_found`. */
export function upstreamOf({ at }: Finder, own: ClusterScope, ask: ProxyAsk): Promise<Upstream> {
  if (ask.kind === 'target') return own.upstreams.of(ask);
  const { scope, id, context } = at(ask.id);
  if (context === undefined) return scope.upstreams.of(ask);
  return scope.upstreams
    .of(askThere(ask, id))
    .then((upstream) => ({ ...upstream, target: targetHere(upstream.target, context) }));
}

/** The same way as it is explained (`/api/proxy-debug`). */
export function resolverOf({ at }: Finder, own: ClusterScope): Resolver {
  return async (ask, tell) => {
    if (ask.kind === 'target') return own.upstreams.resolver(ask, tell);
    const { scope, id, context } = at(ask.id);
    const target = await scope.upstreams.resolver(askThere(ask, id), tell);
    return context === undefined ? target : targetHere(target, context);
  };
}
