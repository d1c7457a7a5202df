import { once } from 'node:events';
import WebSocket from 'ws';
import { hostMessageSchema, streams } from '#contract/terminal.ts';
import type { ExecMessage, ExecStart, HostMessage, TerminalMessage, TerminalStart } from '#contract/terminal.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import type { StartedHost } from '../host/started-host.ts';
import { typedLead } from './typed-lead.ts';

export interface TerminalClient extends Disposable {
  readonly messages: HostMessage[];
  /** What has come, by stream. */
  readonly output: Buffer;
  readonly errors: Buffer;
  /** The session that it is attached to. */
  readonly session: { name: string; offset: number } | undefined;
  send(message: TerminalMessage | ExecMessage): void;
  input(text: string | Uint8Array): void;
  /** Types a line for a shell, and presses Enter. */
  line(text: string): void;
  /** Resolves once the output, as text, is so. */
  shows(what: string | RegExp): Promise<void>;
  /** The last message, once the host has closed. */
  ended(): Promise<HostMessage | undefined>;
}

const patienceMs = 90_000;

/** For tests: a client of a host's `/terminal` or `/exec`. It says that it has taken what comes, unless `acks` is false. */
export async function openTerminal(
  started: StartedHost,
  path: string,
  start: Omit<TerminalStart, 'type'> | Omit<ExecStart, 'type'>,
  { acks = true }: { acks?: boolean } = {},
): Promise<TerminalClient> {
  const { headers } = started.to(path);
  const socket = new WebSocket(`wss://127.0.0.1:${String(started.port)}${path}`, { ca: started.ca, headers });
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  const messages: HostMessage[] = [];
  const chunks = { output: [] as Buffer[], errors: [] as Buffer[] };
  let session: TerminalClient['session'];
  let taken = 0;
  const send = (message: object): void => {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  };
  const take = (at: number): void => {
    taken = at;
    if (acks && session !== undefined) send({ type: 'ack', offset: taken });
  };
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    if (isBinary) {
      const content = data.subarray(1);
      (data[0] === streams.errors ? chunks.errors : chunks.output).push(content);
      take(taken + content.length);
      return;
    }
    const message = hostMessageSchema.parse(JSON.parse(data.toString()));
    messages.push(message);
    if (message.type === 'attached') {
      session = { name: message.session, offset: message.offset };
      taken = message.offset;
    } else if (message.type === 'screen') take(message.offset);
  });
  await once(socket, 'open');
  send({ type: 'start', ...start });
  const output = (): Buffer => Buffer.concat(chunks.output);
  const input = (text: string | Uint8Array): void =>
    socket.send(Buffer.concat([Buffer.from([streams.input]), Buffer.from(text as Uint8Array)]));
  return {
    messages,
    get output() {
      return output();
    },
    get errors() {
      return Buffer.concat(chunks.errors);
    },
    get session() {
      return session;
    },
    send,
    input,
    line: (text) => input(`${typedLead}${text}\r`),
    async shows(what) {
      const is = (): boolean =>
        typeof what === 'string' ? output().toString().includes(what) : what.test(output().toString());
      await waitUntil(() => Promise.resolve(is()), {
        what: `the terminal to show ${String(what)}`,
        timeoutMs: patienceMs,
        explain: () => Promise.resolve(`It shows ${JSON.stringify(output().toString().slice(-500))}.`),
      });
    },
    async ended() {
      await closed;
      return messages.at(-1);
    },
    [Symbol.dispose]: () => socket.terminate(),
  };
}
