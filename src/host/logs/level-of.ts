import { logLevels } from '#contract/logs.ts';
import type { LogLevel } from '#contract/logs.ts';

const words: Readonly<Record<string, LogLevel>> = {
  trace: 'debug',
  debug: 'debug',
  dbg: 'debug',
  verbose: 'debug',
  info: 'info',
  inf: 'info',
  information: 'info',
  notice: 'info',
  log: 'info',
  warn: 'warn',
  warning: 'warn',
  wrn: 'warn',
  error: 'error',
  err: 'error',
  severe: 'error',
  critical: 'error',
  crit: 'error',
  fatal: 'error',
  panic: 'error',
  alert: 'error',
  emerg: 'error',
  emergency: 'error',
};
const names = Object.keys(words).join('|');

/** `"level": "warn"`, `"severity":"ERROR"`, `"level":50`. */
const json = /"(?:level|lvl|severity|log\.level|levelname|loglevel)"\s{0,4}:\s{0,4}"?(\w{1,12})/i;
/** `level=warn`. */
const logfmt = /(?:^|\s)(?:level|lvl|severity)=["']?(\w{1,12})/i;
/** `E1126 08:00:00.000000` (klog). */
const klog = /^([IWEF])\d{4} \d\d:\d\d:/;
/** `<3>` (RFC 5424, 6.2.1). */
const syslog = /^<(\d{1,3})>/;
/** `[warn]`, `error:`, `(info)`, `| WARNING |`; and in capitals anywhere among the first words. */
const marked = new RegExp(String.raw`(?:^|[\s|])(?:[[(<](${names})[\])>]|(${names}):(?=\s|$))`, 'i');
const capital = new RegExp(String.raw`(?:^|[\s[(|:])(${names.toUpperCase()})(?=[\s\])|:,]|$)`);
/** What ends a program says so. */
const thrown = /^(?:Traceback \(|Exception in thread |Uncaught |Unhandled |[\w.]{0,80}(?:Error|Exception)(?::|$))/;

/** How far into a line its level is looked for, in characters: it stands at the beginning. */
const looked = 400;
const firstWords = 100;

/** How urgent a line of a program is by its own words; undefined where it does not say. */
export function levelOf(text: string): LogLevel | undefined {
  const start = text.slice(0, looked);
  if (start.startsWith('{')) return byWord(json.exec(start)?.[1]);
  const said = byWord(logfmt.exec(start)?.[1]);
  if (said !== undefined) return said;
  const letter = klog.exec(start)?.[1];
  if (letter !== undefined) return letter === 'I' ? 'info' : letter === 'W' ? 'warn' : 'error';
  const severity = syslog.exec(start)?.[1];
  if (severity !== undefined) return bySyslog(Number(severity) % 8);
  const head = start.slice(0, firstWords);
  const [, bracketed, followed] = marked.exec(head) ?? [];
  const word = byWord(bracketed ?? followed ?? capital.exec(head)?.[1]);
  return word ?? (thrown.test(head) ? 'error' : undefined);
}

/** Whether a line goes on with what the one before it says, such as the frames of a stack trace. */
export function goesOn(text: string): boolean {
  return /^(?:\s|Caused by: )/.test(text);
}

/** Whether a line of this level is shown where this one is the least. */
export function isAtLeast(level: LogLevel, least: LogLevel | undefined): boolean {
  return least === undefined || logLevels.indexOf(level) >= logLevels.indexOf(least);
}

function byWord(word: string | undefined): LogLevel | undefined {
  if (word === undefined) return undefined;
  // pino's and bunyan's numbers.
  if (/^\d+$/.test(word)) {
    const number = Number(word);
    return number >= 50 ? 'error' : number >= 40 ? 'warn' : number >= 30 ? 'info' : number >= 10 ? 'debug' : undefined;
  }
  return words[word.toLowerCase()];
}

function bySyslog(severity: number): LogLevel {
  if (severity <= 3) return 'error';
  if (severity === 4) return 'warn';
  return severity === 7 ? 'debug' : 'info';
}
