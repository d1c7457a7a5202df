import { createRouterClient } from '@orpc/server';
import { readQualifiedId } from '#contract/qualified-id.ts';
import type { PeerUrls } from '../access/peer-urls.ts';
import type { HostContext } from '../api/host-context.ts';
import type { HostRouter } from '../api/router.ts';
import { labelledAnswer } from './answers.ts';
import type { ContextCall, Elsewhere } from './context-call.ts';
import type { Labelled } from './labelled.ts';
import { fieldsOf, isLaunch, namedIn, withName } from './named-input.ts';

/** Who answers the calls about one context. `as`: how what it says is shown; absent for the one in use. */
export interface Answerer {
  router: HostRouter;
  as?: Labelled;
}

export interface Contexts {
  /** By the label that ids have. Throws `not_found`. */
  byLabel(label: string): Answerer;
  /** By its name or label. Throws `not_found`. */
  byName(name: string): Answerer;
}

export function createElsewhere({ byLabel, byName }: Contexts): Elsewhere {
  return (call) => {
    const { path, input } = call;
    if (isLaunch(path)) {
      const { context, ...job } = fieldsOf(input);
      return typeof context === 'string' ? answered(call, job, byName(context)) : undefined;
    }
    const id = namedIn(path, input);
    if (id === undefined || !id.includes('@')) return undefined;
    const { id: name, label = '' } = readQualifiedId(id);
    return answered(call, withName(path, input, name), byLabel(label));
  };
}

async function answered(
  { path, context, signal, lastEventId }: ContextCall,
  input: unknown,
  { router, as }: Answerer,
): Promise<unknown> {
  const client: unknown = createRouterClient(router, {
    context: as === undefined ? context : contextThere(context, as),
  });
  let call = client;
  for (const part of path) call = (call as Record<string, unknown>)[part];
  const output = await (call as (input: unknown, options: object) => Promise<unknown>)(input, { signal, lastEventId });
  return as === undefined ? output : labelledAnswer(path, output, as);
}

/** Whoever calls, told of addresses by the ids that are known here. */
function contextThere(context: HostContext, as: Labelled): HostContext {
  const { caller, setHeader } = context;
  const urls = caller.kind === 'http' ? caller.urls : undefined;
  return {
    ...context,
    caller: caller.kind === 'http' && urls !== undefined ? { ...caller, urls: urlsThere(urls, as) } : caller,
    ...(setHeader === undefined
      ? {}
      : {
          setHeader: (name: string, value: string) =>
            setHeader(name, name === 'location' ? value.replace(/[^/]+$/, (id) => as.id(id)) : value),
        }),
  };
}

function urlsThere(urls: PeerUrls, as: Labelled): PeerUrls {
  return {
    control: urls.control,
    workspace: (id, port) => urls.workspace(as.id(id), port),
    reachable: (id, port) => urls.reachable(as.id(id), port),
  };
}
