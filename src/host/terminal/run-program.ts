import { GuildNetError } from '#contract/errors.ts';
import type { ExecSignal, ExecStart, TerminalSize } from '#contract/terminal.ts';
import { TunnelError } from '../proxy/transport/tunnel-error.ts';
import type { TerminalWatch } from '../workspaces/use/watch-terminal.ts';
import { execError } from './exec-error.ts';
import type { ContainerPlace } from './find-shell.ts';
import type { ExecOutcome } from './exec-status.ts';
import type { ExecListener, OpenExec } from './open-exec.ts';
import { readSaidEnd } from './said-end.ts';
import { markedCommand } from './shell-command.ts';

/** A program that runs in a workspace for somebody who waits for it. */
export interface RunningProgram {
  readonly isOver: boolean;
  /** False when the writer should wait for `drained`. */
  write(chunk: Buffer): boolean;
  /** The end of its input. Throws `unsupported` where the API server has no word for it. */
  endInput(): void;
  resize(size: TerminalSize): void;
  /** Throws `unsupported` in an image without a shell. */
  signal(signal: ExecSignal): Promise<void>;
  pause(): void;
  resume(): void;
  /** Nobody waits for it any more: it is told so by SIGHUP, as at the end of a terminal. */
  leave(): void;
  /** Once it has been told so. */
  readonly left: Promise<void>;
}

interface Program {
  /** The workspace. */
  id: string;
  start: ExecStart;
  place: ContainerPlace;
  openExec: OpenExec;
  watch: TerminalWatch;
  /** What went wrong that nobody waits for. */
  told(error: unknown): void;
}

/** The shell that starts it, and gives it the mark by which signals find it. */
interface Starter {
  path: string;
  mark: string;
  signal(signal: ExecSignal): Promise<void>;
}

/** Starts a program. Rejects with a GuildNetError; how it ends comes by `ended`. */
export async function runProgram(
  { id, start, place, openExec, watch, told }: Program,
  shell: Starter | undefined,
  listener: ExecListener & { gone: () => void },
): Promise<RunningProgram> {
  const { command, tty, input = false } = start;
  const fed = input && tty === undefined;
  const manner = tty === undefined ? { fed } : { tty };
  const whole = shell === undefined ? command : markedCommand(shell.path, shell.mark, command, manner);
  let isOver = false;
  let hasEnd = false;
  let code: number | undefined;
  let left = Promise.resolve();
  const over = (): void => {
    isOver = true;
    listener.gone();
  };
  const starter = await openExec({ ...place, command: whole, tty: tty !== undefined, input }).catch(
    (error: unknown) => {
      throw error instanceof TunnelError ? execError(error, id) : error;
    },
  );
  const pass: ExecListener['output'] = (stream, chunk) => {
    watch.output(chunk.length);
    listener.output(stream, chunk);
  };
  const end = (outcome: ExecOutcome | TunnelError): void => {
    if (isOver) return;
    over();
    said?.flush();
    listener.ended(outcome instanceof TunnelError && code !== undefined ? { kind: 'exited', code } : outcome);
  };
  const said =
    fed && shell !== undefined
      ? readSaidEnd(shell.mark, {
          pass,
          said(known) {
            code = known;
            // Now the shell waits for the end of the input. Where the API server has no word for that, nothing is waited for.
            if (hasEnd || running.endInput()) return;
            end({ kind: 'exited', code: known });
            running.cut();
          },
        })
      : undefined;
  const running = starter({
    output: (stream, chunk) => (said === undefined ? pass(stream, chunk) : said.output(stream, chunk)),
    drained: () => listener.drained(),
    ended: end,
  });
  if (tty !== undefined) running.resize(tty);
  return {
    get isOver() {
      return isOver;
    },
    write(chunk) {
      watch.input(chunk.length);
      // Nobody reads it any more.
      return code !== undefined || running.write(chunk);
    },
    endInput() {
      if (code !== undefined) return;
      hasEnd = running.endInput();
      if (hasEnd) return;
      throw new GuildNetError(
        'unsupported',
        "This cluster's API server cannot tell a program that its input has ended.",
        {
          remedy: 'Kubernetes 1.30 and later can. Without, run a program that does not read to the end of its input.',
          details: { id, reason: 'no_end_of_input' },
        },
      );
    },
    resize: running.resize,
    async signal(signal) {
      if (shell !== undefined) return shell.signal(signal);
      throw new GuildNetError('unsupported', `Without a shell in the image nothing can send a signal in ${id}.`, {
        remedy: 'End the command; its program goes on then, until the workspace is restarted.',
        details: { id, reason: 'no_shell' },
      });
    },
    pause: running.pause,
    resume: running.resume,
    leave() {
      if (isOver) return;
      over();
      running.cut();
      if (shell !== undefined) left = shell.signal('HUP').catch(told);
    },
    get left() {
      return left;
    },
  };
}
