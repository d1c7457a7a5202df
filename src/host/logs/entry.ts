import { GuildNetError } from '#contract/errors.ts';
import type { LogLine, LogNotice } from '#contract/logs.ts';
import { goesOn, levelOf } from './level-of.ts';
import { isAfter } from './position.ts';
import type { Position } from './position.ts';
import { shownText } from './shown-text.ts';
import type { RawLine } from './split-lines.ts';

/** One line as it is kept and sent; what has no position cannot be gone on from. */
export interface Entry {
  line: LogLine;
  position?: Position;
}

export interface EntryOptions {
  /** The pod's uid, and which of its containers is read. */
  pod: string;
  restart: number;
  /** Lines up to this one are left out. */
  after: Position | undefined;
  /** Takes out the values that are known to be secret. */
  clean: (text: string) => string;
}

export function notice(kind: LogNotice, msg: string): Entry {
  return { line: { t: new Date().toISOString(), lvl: 'info', msg, notice: kind } };
}

/** Makes entries of the lines of one answer, in their order. Throws `upstream_failed` with the kubelet's words where it says why there is no more. */
export function createEntries({ pod, restart, after, clean }: EntryOptions): (line: RawLine) => Entry | undefined {
  let last: Position | undefined;
  let level: LogLine['lvl'] = 'info';
  /** Once one line is behind `after`, all that follow are, also where the node's clock was put back. */
  let isBehind = after === undefined;
  return ({ time, text }) => {
    if (time === undefined)
      throw new GuildNetError('upstream_failed', `The node cannot give the log: ${shownText(text, clean)}`, {
        remedy: 'Try again; if it stays so, look at the node and its disk.',
      });
    const n = last?.time === time ? last.n + 1 : 0;
    last = { pod, restart, time, n };
    level = levelOf(text) ?? (goesOn(text) ? level : 'info');
    isBehind ||= after === undefined || isAfter(last, after);
    return isBehind ? { line: { t: time, lvl: level, msg: shownText(text, clean) }, position: last } : undefined;
  };
}
