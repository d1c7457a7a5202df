import { actions } from '#contract/grant.ts';
import type { Action, Decision } from '#contract/grant.ts';
import { offeredThings } from '#contract/refusals.ts';
import type { OfferedThing, Refusal } from '#contract/refusals.ts';

/** A port, or a terminal, which is none; undefined: of `open` what is neither, as the log is. */
type Opened = number | 'shell' | undefined;

/**
 * What somebody may not do with a workspace, by the same answers as its calls get. `page`: the port that it is opened at, if it has
 * any; `share`: whether they may share it.
 */
export function refusalsOf(
  ask: (action: Action, opened?: Opened) => Decision,
  page: number | undefined,
  share: Decision,
): Refusal[] {
  return refused(offeredThings, (what) => {
    if (what === 'share') return share;
    if (what === 'terminal') return ask('open', 'shell');
    // As the guard of workspaces' pages asks about one without a port.
    return what === 'page' ? ask('open', page ?? 'shell') : ask(what);
  });
}

/** The same of no workspace in particular: what they may do with none. */
export function refusalsAtAll(ask: (action: Action) => Decision): Refusal[] {
  return refused(actions, ask);
}

function refused<Thing extends OfferedThing>(things: readonly Thing[], ask: (what: Thing) => Decision): Refusal[] {
  return things.flatMap((what) => {
    const { allowed, rule, reason } = ask(what);
    return allowed ? [] : [{ what, rule, reason }];
  });
}
