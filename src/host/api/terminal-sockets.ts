import type { IncomingMessage } from 'node:http';
import { GuildNetError } from '#contract/errors.ts';
import {
  execMessageSchema,
  execStartSchema,
  largestMessage,
  terminalMessageSchema,
  terminalStartSchema,
} from '#contract/terminal.ts';
import type { ExecMessage, ExecStart, TerminalMessage, TerminalStart } from '#contract/terminal.ts';
import { TunnelError } from '../proxy/transport/tunnel-error.ts';
import type { UpgradeClient } from '../proxy/exchange/upgrade-client.ts';
import { execError, noProgram, notStarted } from '../terminal/exec-error.ts';
import type { Log } from '../observability/log.ts';
import type { RunningProgram } from '../terminal/run-program.ts';
import type { Terminals } from '../terminal/terminals.ts';
import { acceptWebSocket } from './accept-web-socket.ts';
import { spokenSocket } from './spoken-socket.ts';
import type { SpokenSocket } from './spoken-socket.ts';

/** The workspace that a WebSocket on one of our own paths is about, and what it is for. */
export interface TerminalPath {
  id: string;
  what: 'terminal' | 'exec';
}

/** Answers an upgrade on one of our own paths. Throws before it has agreed to it. */
export type AnswerSocket = (
  path: TerminalPath,
  request: IncomingMessage,
  client: UpgradeClient,
  requestId: string,
) => Promise<void>;

const paths = /^\/api\/workspaces\/(?<id>[^/?]{1,253})\/(?<what>terminal|exec)(?:\?|$)/;

/** Undefined for other paths. */
export function terminalPath(url: string): TerminalPath | undefined {
  const { id, what } = paths.exec(url)?.groups ?? {};
  if (id === undefined || what === undefined) return undefined;
  // Ids are DNS labels with an `@` between, which alone is ever encoded.
  return { id: id.replace(/%40/i, '@'), what: what === 'exec' ? 'exec' : 'terminal' };
}

/** The terminals of a workspace's cluster, and what it is called there. Throws `not_found` where its context is not open. */
export type TerminalsOf = (id: string) => { id: string; terminals(): Promise<Terminals> };

/** `/api/workspaces/{id}/terminal` and `/exec`. What goes wrong is said in a message: pages cannot read the answer to a handshake. */
export function createTerminalSockets(terminalsOf: TerminalsOf, log: Log): AnswerSocket {
  return async (path, request, client, requestId) => {
    const { terminals, id } = terminalsOf(path.id);
    const socket = acceptWebSocket(request, client, largestMessage);
    if (path.what === 'terminal') {
      const spoken = spokenSocket(socket, { start: terminalStartSchema, message: terminalMessageSchema }, requestId);
      await guarded(spoken, serveTerminal(spoken, id, terminals));
    } else {
      const spoken = spokenSocket(socket, { start: execStartSchema, message: execMessageSchema }, requestId);
      await guarded(spoken, serveExec(spoken, id, terminals));
    }

    async function guarded(spoken: Pick<SpokenSocket<unknown, unknown>, 'fail'>, work: Promise<void>): Promise<void> {
      try {
        await work;
      } catch (error) {
        if (!(error instanceof GuildNetError))
          log.error({ requestId, err: error }, 'A terminal failed inside GuildNet');
        spoken.fail(error);
      }
    }
  };
}

/** A client joins a session, or begins one. */
async function serveTerminal(
  spoken: SpokenSocket<TerminalStart, TerminalMessage>,
  id: string,
  terminals: () => Promise<Terminals>,
): Promise<void> {
  const start = await spoken.begun();
  if (start === undefined) return;
  const { session: name, after, cols, rows } = start;
  const all = await terminals();
  const session = name === undefined ? await all.open(id, { cols, rows }) : all.find(id, name);
  const attachment = session.attach(
    {
      tell: spoken.tell,
      // How much goes ahead is what the client has said that it took.
      output: (chunk) => void spoken.send('output', chunk),
      drained: spoken.resume,
      close: spoken.close,
    },
    { size: { cols, rows }, after },
  );
  spoken.listen({
    input(chunk) {
      if (!attachment.input(chunk)) spoken.pause();
    },
    message(message) {
      switch (message.type) {
        case 'resize':
          return attachment.resize({ cols: message.cols, rows: message.rows });
        case 'ack':
          return attachment.taken(message.offset);
        case 'end':
          // How that goes is seen by the session's own end.
          return void session.end().catch((error: unknown) => spoken.fail(error));
      }
    },
    left: attachment.detach,
  });
}

/** A client runs one program, which ends with its connection. */
async function serveExec(
  spoken: SpokenSocket<ExecStart, ExecMessage>,
  id: string,
  terminals: () => Promise<Terminals>,
): Promise<void> {
  const start = await spoken.begun();
  if (start === undefined) return;
  const all = await terminals();
  const begun: { program?: RunningProgram } = {};
  const running = await all.run(id, start, {
    output(stream, chunk) {
      if (!spoken.send(stream, chunk)) begun.program?.pause();
    },
    drained: spoken.resume,
    ended(outcome) {
      const fed = start.input === true && start.tty === undefined;
      if (outcome instanceof TunnelError) return spoken.fail(execError(outcome, id, { fed }));
      if (outcome.kind === 'absent') return spoken.fail(noProgram(id, start.command[0] ?? ''));
      if (outcome.kind === 'failed') return spoken.fail(notStarted(id, outcome.message));
      spoken.tell({ type: 'exited', code: outcome.code });
      spoken.close();
    },
  });
  begun.program = running;
  spoken.onDrained(running.resume);
  spoken.tell({ type: 'started' });
  const told = (error: unknown): void => spoken.fail(error);
  spoken.listen({
    input(chunk) {
      if (!running.write(chunk)) spoken.pause();
    },
    message(message) {
      try {
        if (message.type === 'resize') running.resize({ cols: message.cols, rows: message.rows });
        else if (message.type === 'eof') running.endInput();
        else running.signal(message.signal).catch(told);
      } catch (error) {
        told(error);
        running.leave();
      }
    },
    left: running.leave,
  });
}
