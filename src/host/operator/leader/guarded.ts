import type { OperatorKube } from '../../kube/clients.ts';
import type { Rest, RestOptions } from '../../kube/rest.ts';
import type { Term } from './term.ts';

/**
 * The same cluster, but nothing is written after the term is over: requests under way are aborted when it ends, and
 * each one is asked for once more when its bytes are about to go out. That holds for a process that was frozen in
 * the middle of anything and wakes when somebody else leads.
 */
export function guarded({ namespace, rest }: OperatorKube, term: Term): OperatorKube {
  const json: Rest['json'] = async (method, path, options: RestOptions = {}) => {
    if (method === 'GET') return rest.json(method, path, options);
    term.admit();
    const signal = options.signal === undefined ? term.signal : AbortSignal.any([options.signal, term.signal]);
    return rest.json(method, path, { ...options, signal, admit: term.admit });
  };
  return { namespace, rest: { json, stream: rest.stream } };
}
