import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { parseDuration } from '#contract/duration.ts';
import { logLevels, mostLogLines, usualLogLines } from '#contract/logs.ts';
import type { LogLevel } from '#contract/logs.ts';
import type { CliContext } from '../context.ts';
import { untilInterrupted } from '../follow/until-interrupted.ts';
import { followLogs } from '../logs/follow-logs.ts';
import { printLine } from '../logs/print-line.ts';
import { hostCommand, openSession, resolveIds } from './host-command.ts';
import type { HostOptions, Session } from './host-command.ts';

interface LogsOptions extends HostOptions {
  follow?: boolean;
  tail: number;
  since?: string;
  container?: string;
  previous?: boolean;
  level?: LogLevel;
}

function parseTail(text: string): number {
  const lines = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (lines <= mostLogLines) return lines;
  throw new InvalidArgumentError(`Write a number up to ${String(mostLogLines)}.`);
}

function parseSince(text: string): string {
  if (parseDuration(text) !== undefined) return text;
  throw new InvalidArgumentError('Write a length of time such as 90s, 10m or 2h.');
}

export function addLogs(program: Command, context: CliContext): void {
  hostCommand(program, 'logs', 'Show what a workspace has printed, and with -f what it prints', [
    'logs code-server-1a2b3',
    'logs code -f --tail 20',
    'logs code --since 10m --level warn',
    'logs code --previous',
    'logs code --json | jq -r .msg',
  ])
    .argument('<id>', 'the workspace, or the beginning of its name')
    .option('-f, --follow', 'go on with every new line, also after restarts, until interrupted')
    .option('--tail <lines>', 'how many of the last lines', parseTail, usualLogLines)
    .option('--since <duration>', 'only lines younger than this, such as 10m', parseSince)
    .option('-c, --container <name>', 'another container of its pod')
    .option('-p, --previous', 'the container before its last restart; with -f the present one follows')
    .addOption(new Option('--level <level>', 'only lines that look as urgent as this').choices(logLevels))
    .action(async (given: string, options: LogsOptions) => {
      const session = await openSession(context, options);
      const [id = given] = await resolveIds(session, [given]);
      await (options.follow === true ? follow(session, id, options) : show(session, id, options));
    });
}

function queryOf({ since, container, previous, level }: LogsOptions) {
  return {
    ...(since === undefined ? {} : { since }),
    ...(container === undefined ? {} : { container }),
    ...(previous === true ? { previous } : {}),
    ...(level === undefined ? {} : { level }),
  };
}

async function show({ client, context, output }: Session, id: string, options: LogsOptions): Promise<void> {
  const { lines } = await client.logs.recent({ id, ...queryOf(options), limit: options.tail });
  for (const line of lines) printLine(context, output, line);
}

function follow({ client, context, output }: Session, id: string, options: LogsOptions): Promise<void> {
  return untilInterrupted((interrupted) =>
    followLogs({
      open: (lastEventId, signal) =>
        client.logs.follow(
          { target: id, ...queryOf(options), tail: options.tail },
          { signal, ...(lastEventId === undefined ? {} : { lastEventId }) },
        ),
      print: (line) => printLine(context, output, line),
      note: output.note,
      signal: interrupted,
    }),
  );
}
