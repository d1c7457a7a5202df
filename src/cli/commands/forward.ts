import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from 'commander';
import { GuildNetError } from '#contract/errors.ts';
import { shownAddress } from '#contract/forwards.ts';
import type { Forward } from '#contract/forwards.ts';
import type { CliContext } from '../context.ts';
import { interrupted } from '../follow/until-interrupted.ts';
import { parsePortPair } from '../forward-argument.ts';
import type { PortPair } from '../forward-argument.ts';
import { hostCommand, openSession, resolveIds } from './host-command.ts';
import type { HostOptions, Session } from './host-command.ts';

interface ForwardOptions extends HostOptions {
  address?: string;
  allowRemote?: boolean;
  socket?: string;
  hold?: boolean;
}

/** How often it is looked, while they are held, whether they are still there. */
const lookMs = 2_000;

function collectPairs(text: string, before: PortPair[] | undefined): PortPair[] {
  return [...(before ?? []), parsePortPair(text)];
}

export function addForward(program: Command, context: CliContext): void {
  hostCommand(
    program,
    'forward',
    'Bring ports of a workspace to this machine, until they are stopped or the host ends',
    [
      'forward code-server-1a2b3 5432',
      'forward code 8080:80 0:5432',
      'forward code 5432 --socket ./db.sock',
      'forward code 5432 --hold',
    ],
  )
    .argument('<id>', 'the workspace, or the beginning of its name')
    .argument('<port...>', 'a port of it; 8080:80 is 80 at 8080 here, 0:80 at any free port', collectPairs)
    .option('--address <ip>', 'where to listen (default: localhost)')
    .option(
      '--allow-remote',
      'allow an address that other machines reach: whoever reaches it needs no password of ours',
    )
    .option('--socket <path>', 'a Unix socket for you alone, instead of a port')
    .option('--hold', 'stay until interrupted, and stop them then')
    .action(async (given: string, pairs: PortPair[], options: ForwardOptions, command: Command) => {
      if (options.socket !== undefined && pairs.length > 1) command.error('A socket leads to one port: name one.');
      const session = await openSession(context, options);
      const [id = given] = await resolveIds(session, [given]);
      const open = async (): Promise<Forward[]> => {
        const made = await openAll(session, id, pairs, options);
        tell(session, made, options);
        return made;
      };
      await (options.hold === true ? hold(session, open) : open());
    });
}

/** Opens all of them, or none. */
async function openAll(
  session: Session,
  id: string,
  pairs: readonly PortPair[],
  options: ForwardOptions,
): Promise<Forward[]> {
  const { client } = session;
  const before = new Set((await client.forwards.ofWorkspace({ id })).map((one) => one.id));
  const made: Forward[] = [];
  const { address, allowRemote, socket } = options;
  try {
    for (const { local, port } of pairs) {
      const place =
        socket === undefined
          ? { local_port: local, ...(address === undefined ? {} : { address }) }
          : { socket: resolve(socket) };
      made.push(
        await client.forwards.open({ id, port, ...place, ...(allowRemote === true ? { allow_remote: true } : {}) }),
      );
    }
  } catch (error) {
    // Those that were there already stay.
    await stopAll(
      session,
      made.filter((one) => !before.has(one.id)),
    );
    throw error;
  }
  return made;
}

async function stopAll({ client }: Session, forwards: readonly Forward[]): Promise<void> {
  for (const { id } of forwards) {
    try {
      await client.forwards.stop({ forward: id });
    } catch (error) {
      // Somebody else was quicker.
      if (!(error instanceof GuildNetError) || error.code !== 'not_found') throw error;
    }
  }
}

/** `localhost:8080 -> code-server-1a2b3:80`. */
export function forwardLine(forward: Forward): string {
  return `${shownAddress(forward)} -> ${forward.workspace}:${String(forward.port)}`;
}

function tell({ output }: Session, made: readonly Forward[], options: ForwardOptions): void {
  if (options.host !== undefined)
    output.note(`They listen on the machine of the host ${options.host}, not on this one.`);
  for (const one of made) {
    if (one.exposed)
      output.note(
        `warning: whoever reaches ${one.addresses.join(', ')} reaches port ${String(one.port)} of ${one.workspace}.`,
      );
    if (one.state === 'waiting') output.note(`It waits: ${one.problem?.message ?? 'the workspace has no pod yet.'}`);
  }
  output.result(made, () => made.map(forwardLine).join('\n'));
}

/**
 * Opens them and stays until it is interrupted, or all of them were stopped elsewhere. Throws a CommanderError with 130 when it is
 * interrupted, which may be as early as while they are opened: none is left behind.
 */
async function hold(session: Session, open: () => Promise<Forward[]>): Promise<void> {
  const interrupt = new AbortController();
  const onSignal = (): void => interrupt.abort();
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.once(signal, onSignal);
  try {
    const made = await open();
    const ids = new Set(made.map(({ id }) => id));
    while (!interrupt.signal.aborted) {
      const there = await session.client.forwards.list(undefined);
      if (!there.some(({ id }) => ids.has(id))) {
        session.output.note('They were stopped.');
        return;
      }
      await delay(lookMs, undefined, { signal: interrupt.signal }).catch((error: unknown) => {
        if (!interrupt.signal.aborted) throw error;
      });
    }
    await stopAll(session, made);
  } finally {
    for (const signal of signals) process.off(signal, onSignal);
  }
  throw interrupted();
}
