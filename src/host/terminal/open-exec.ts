import type WebSocket from 'ws';
import type { TerminalSize } from '#contract/terminal.ts';
import type { ClusterAccess } from '../kube/access/cluster-access.ts';
import { dialPod } from '../proxy/transport/dial-channels.ts';
import type { PodName } from '../proxy/transport/transport.ts';
import { TunnelError } from '../proxy/transport/tunnel-error.ts';
import { endOfInputFrame, execChannel, execProtocols, inputFrames, resizeFrame } from './exec-frames.ts';
import { execOutcome } from './exec-status.ts';
import type { ExecOutcome } from './exec-status.ts';

export interface ExecRequest extends PodName {
  container: string;
  command: readonly string[];
  /** In a terminal: output and errors are one then. */
  tty: boolean;
  input: boolean;
}

/** Who is told what a program does. */
export interface ExecListener {
  output(stream: 'output' | 'errors', chunk: Buffer): void;
  /** More input may be written. */
  drained(): void;
  /** Once, and nothing after it. Without an outcome the connection broke: nobody knows what became of the program. */
  ended(outcome: ExecOutcome | TunnelError): void;
}

/** A program that runs in a container, on a connection of its own. */
export interface ExecProcess {
  /** False when the writer should wait for `drained`. */
  write(chunk: Buffer): boolean;
  /** The end of the input. False where the API server has no word for it. */
  endInput(): boolean;
  resize(size: TerminalSize): void;
  pause(): void;
  resume(): void;
  /** Cuts the connection. The program may go on: container runtimes do not end it. */
  cut(): void;
}

export type ExecStarter = (listener: ExecListener) => ExecProcess;
/** Starts a program. Rejects with a TunnelError when it cannot be asked for; what the container runtime says comes by `ended`. */
export type OpenExec = (request: ExecRequest) => Promise<ExecStarter>;

/** Bytes that may wait to be sent before the writer is asked to wait. */
const mostWaiting = 512 * 1024;
/** A peer that is gone without a word is noticed after two of these, in ms. */
const pingMs = 20_000;
const longestStatus = 16 * 1024;

/** Programs in the containers of one cluster, by `pods/exec` over WebSockets (client-node's Exec has no back-pressure). */
export function openExecOn(access: ClusterAccess): OpenExec {
  return async ({ namespace, pod, container, command, tty, input }) => {
    const query = new URLSearchParams({
      container,
      stdout: 'true',
      stderr: String(!tty),
      stdin: String(input),
      tty: String(tty),
    });
    for (const part of command) query.append('command', part);
    const socket = await dialPod(access, { namespace, pod }, `exec?${query.toString()}`, execProtocols);
    return (listener) => run(socket, listener);
  };
}

function run(socket: WebSocket, listener: ExecListener): ExecProcess {
  let status = '';
  let isOver = false;
  let isWaiting = false;
  let isAlive = true;
  const tellsEnd = socket.protocol === execProtocols[0];

  const finish = (outcome: ExecOutcome | TunnelError): void => {
    if (isOver) return;
    isOver = true;
    clearInterval(pinging);
    listener.ended(outcome);
    socket.terminate();
  };
  const pinging = setInterval(() => {
    // What is not read because we do not want it yet includes the answer.
    if (socket.isPaused) return;
    if (!isAlive) return finish(new TunnelError('lost', 'The API server does not answer any more.'));
    isAlive = false;
    socket.ping();
  }, pingMs).unref();
  socket.on('pong', () => (isAlive = true));
  socket.on('message', (message: Buffer) => {
    isAlive = true;
    const content = message.subarray(1);
    if (isOver || content.length === 0) return;
    const channel = message[0];
    if (channel === execChannel.stdout) listener.output('output', content);
    else if (channel === execChannel.stderr) listener.output('errors', content);
    else if (channel === execChannel.error && status.length < longestStatus) status += content.toString();
  });
  socket.on('error', (error: Error) => finish(new TunnelError('lost', error.message, error)));
  socket.on('close', () =>
    finish(status === '' ? new TunnelError('lost', 'The connection to the program was cut.') : execOutcome(status)),
  );
  const sent = (): void => {
    if (!isWaiting || isOver || socket.bufferedAmount > mostWaiting) return;
    isWaiting = false;
    listener.drained();
  };
  const send = (frame: Buffer): void => {
    // A failure to send is the socket's own error, which has an owner above.
    if (!isOver && socket.readyState === socket.OPEN) socket.send(frame, sent);
  };
  // Those who begin to listen have yet to learn what they are listening to.
  queueMicrotask(() => socket.resume());
  return {
    write(chunk) {
      for (const frame of inputFrames(chunk)) send(frame);
      isWaiting = !isOver && socket.bufferedAmount > mostWaiting;
      return !isWaiting;
    },
    endInput() {
      if (tellsEnd) send(endOfInputFrame());
      return tellsEnd;
    },
    resize: (size) => send(resizeFrame(size)),
    pause: () => socket.pause(),
    resume() {
      isAlive = true;
      socket.resume();
    },
    cut() {
      isOver = true;
      clearInterval(pinging);
      socket.terminate();
    },
  };
}
