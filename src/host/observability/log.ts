import pino from 'pino';
import type { DestinationStream, Logger } from 'pino';
import { printable } from '#contract/printable.ts';

export type Log = Logger;

export interface LogOptions {
  /** pino's levels: trace, debug, info, warn, error, fatal, silent. */
  level: string;
  /** Lines for a person at a terminal instead of JSON. */
  pretty?: boolean;
  /** Where the lines go; stderr by default, because stdout belongs to what a command prints. */
  destination?: DestinationStream;
}

/** Fields that may carry a secret wherever they sit in a logged object, up to two levels down. */
const secretFields = ['authorization', 'cookie', '"set-cookie"', 'password', 'token', 'secret', 'env', 'data'];
const redacted = secretFields.flatMap((field) =>
  field.startsWith('"') ? [`[${field}]`, `*[${field}]`, `*.*[${field}]`] : [field, `*.${field}`, `*.*.${field}`],
);

const levelNames: Record<number, string> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'WARN',
  50: 'ERROR',
  60: 'FATAL',
};

interface Line {
  level: number;
  time: number;
  msg?: string;
  err?: { message?: string; stack?: string };
  [field: string]: unknown;
}

/** One log line as a person reads it: time, level unless it is ordinary, text, then the fields. Exported for its test. */
export function prettyLine(json: string): string {
  const { level, time, msg, err, pid: _pid, hostname: _hostname, ...fields } = JSON.parse(json) as Line;
  const clock = new Date(time).toISOString().slice(11, 23);
  const name = level === 30 ? '' : ` ${levelNames[level] ?? String(level)}`;
  const rest = Object.entries(fields).map(
    ([key, value]) => ` ${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const cause = err === undefined ? '' : `\n    ${err.stack ?? err.message ?? ''}`;
  // The cluster's words, a container's last among them, stand in there.
  return printable(`${clock}${name} ${msg ?? ''}${rest.join('')}${cause}\n`);
}

function prettyTo(destination: DestinationStream): DestinationStream {
  return { write: (line: string) => destination.write(prettyLine(line)) };
}

/** The host's log: JSON lines (or lines for a person), with everything that may be a secret redacted. */
export function createLog(options: LogOptions): Log {
  // Synchronous, so that the last line before a crash is not lost.
  const sink = options.destination ?? pino.destination({ fd: 2, sync: true });
  return pino(
    { level: options.level, base: null, redact: { paths: redacted, censor: '[redacted]' } },
    options.pretty === true ? prettyTo(sink) : sink,
  );
}
