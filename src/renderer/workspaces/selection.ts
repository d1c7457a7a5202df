import type { Server } from '#contract/server.ts';
import { runVerbOf } from '../components/run-verb.ts';
import { whyNot } from '../permission/offers.ts';

/** The selection after a click on one; with Shift it reaches from the one clicked before, as lists everywhere do. */
export function afterClick(
  selected: ReadonlySet<string>,
  ids: readonly string[],
  click: { id: string; isOn: boolean; from: string | undefined },
): Set<string> {
  const next = new Set(selected);
  const from = click.from === undefined ? -1 : ids.indexOf(click.from);
  const to = ids.indexOf(click.id);
  const reached = from === -1 || to === -1 ? [click.id] : ids.slice(Math.min(from, to), Math.max(from, to) + 1);
  for (const id of reached) {
    if (click.isOn) next.add(id);
    else next.delete(id);
  }
  return next;
}

/** Those of the selected that something can be asked of: what is filtered out of sight is not touched, nor what is gone or refused. */
export function askable(
  shown: readonly Server[],
  selected: ReadonlySet<string>,
  verb: 'start' | 'stop' | 'delete',
): string[] {
  return shown
    .filter(
      (server) =>
        selected.has(server.id) &&
        (verb === 'delete' ? server.phase !== 'Terminating' : runVerbOf(server.phase) === verb) &&
        whyNot(verb, undefined, server) === undefined,
    )
    .map(({ id }) => id);
}
