import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { ExecListener, ExecProcess, OpenExec } from '#host/terminal/open-exec.ts';

/** For tests: programs of this machine in place of those of a container, without a terminal. */
export const localExec: OpenExec = ({ command: [file = '', ...args] }) =>
  Promise.resolve((listener) => run(file, args, listener));

function run(file: string, args: string[], listener: ExecListener): ExecProcess {
  const child = spawn(file, args, { stdio: 'pipe', env: { PATH: process.env['PATH'] ?? '' } });
  let isOver = false;
  const end = (outcome: Parameters<ExecListener['ended']>[0]): void => {
    if (isOver) return;
    isOver = true;
    listener.ended(outcome);
  };
  const outputs: Readable[] = [child.stdout, child.stderr];
  child.stdout.on('data', (chunk: Buffer) => listener.output('output', chunk));
  child.stderr.on('data', (chunk: Buffer) => listener.output('errors', chunk));
  child.stdin.on('drain', () => listener.drained());
  // A program may end before it has read all.
  child.stdin.on('error', () => undefined);
  child.on('error', (error) => end({ kind: 'absent', message: error.message }));
  child.on('close', (code) => end({ kind: 'exited', code: code ?? 129 }));
  return {
    write: (chunk) => child.stdin.write(chunk),
    endInput() {
      child.stdin.end();
      return true;
    },
    resize: () => undefined,
    pause: () => {
      for (const one of outputs) one.pause();
    },
    resume: () => {
      for (const one of outputs) one.resume();
    },
    cut() {
      isOver = true;
      child.kill('SIGKILL');
    },
  };
}
