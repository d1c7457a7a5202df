import { GuildNetError } from '#contract/errors.ts';

/**
 * A place in the log of one container. `restart` counts the containers that there were before in the same pod; `n` the lines before
 * it that bear the same time, since a runtime may stamp all that it reads at once with one.
 */
export interface Position {
  pod: string;
  restart: number;
  /** As `canonicalTime` writes it. */
  time: string;
  n: number;
}

const pattern = /^([0-9a-f-]{1,64})_(\d{1,10})_(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z)_(\d{1,10})$/;

/** A position as the id of an event. */
export function positionText({ pod, restart, time, n }: Position): string {
  return `${pod}_${String(restart)}_${time}_${String(n)}`;
}

/** The position that an id of ours stands for. Throws `bad_request` for any other text. */
export function parsePosition(text: string): Position {
  const [, pod, restart, time, n] = pattern.exec(text) ?? [];
  if (pod !== undefined && time !== undefined) return { pod, restart: Number(restart), time, n: Number(n) };
  throw new GuildNetError('bad_request', `"${text.slice(0, 80)}" is not an id of a line of a log.`, {
    remedy: 'Send the last id that this host has sent, or none to begin with the last lines.',
  });
}

/**
 * Whether a line stands behind a position of the same pod. By time and not by `restart`: which container the kubelet has answered
 * for is not in its answer, and one that has just been restarted may be taken for the one before.
 */
export function isAfter(line: Position, position: Position): boolean {
  return line.time > position.time || (line.time === position.time && line.n > position.n);
}

export function isSame(one: Position, other: Position): boolean {
  return one.time === other.time && one.n === other.n && one.pod === other.pod;
}

const timePattern = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/;

/**
 * A kubelet's RFC3339Nano, which is in its node's zone and may leave out zeros at the end, in UTC with nine digits: then the order of
 * texts is that of times. Undefined for what is none.
 */
export function canonicalTime(text: string): string | undefined {
  const [, seconds, fraction = '', zone] = timePattern.exec(text) ?? [];
  if (seconds === undefined) return undefined;
  const nanoseconds = fraction.padEnd(9, '0');
  if (zone === 'Z') return `${seconds}.${nanoseconds}Z`;
  const time = new Date(`${seconds}${zone ?? 'Z'}`);
  if (Number.isNaN(time.getTime())) return undefined;
  return `${time.toISOString().slice(0, 19)}.${nanoseconds}Z`;
}

/** The second that a time lies in: the API server passes on no finer `sinceTime` than that. */
export function secondOf(time: string): string {
  return `${time.slice(0, 19)}Z`;
}
