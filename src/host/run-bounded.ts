import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

export interface BoundedRun {
  program: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  /** It gets our terminal, for a person to log in at; otherwise it has none at all. */
  interactive: boolean;
  /** How long it may take, in milliseconds. */
  limitMs: number;
  signal: AbortSignal;
  /** Told what is on its error output so far, each time that there is more. */
  onSaid?: (stderr: string) => void;
}

export type ProgramEnd =
  | { kind: 'printed'; stdout: string }
  | { kind: 'failed'; code: number | undefined; stdout: string; stderr: string }
  | { kind: 'not-started'; cause: unknown }
  | { kind: 'hung'; stderr: string }
  | { kind: 'too-much' }
  | { kind: 'aborted' };

const mostPrinted = 1_048_576;
const mostSaid = 16_384;
/** A program that has ended may have left others behind that hold its output open. */
const lingerMs = 1_000;
/** Between being asked to end and being made to. */
const graceMs = 2_000;

/**
 * Runs somebody else's program, such as one that gives credentials, to its end, or until its time is over or it is aborted: then it is ended with all that it started.
 * Without `interactive` it is the leader of a session of its own, which makes that possible and keeps it from our terminal.
 */
export async function runBounded({
  program,
  args,
  env,
  interactive,
  limitMs,
  signal,
  onSaid,
}: BoundedRun): Promise<ProgramEnd> {
  if (signal.aborted) return { kind: 'aborted' };
  const own = !interactive && process.platform !== 'win32';
  const child = spawn(program, args, {
    env,
    detached: own,
    windowsHide: true,
    stdio: [interactive ? 'inherit' : 'ignore', 'pipe', interactive ? 'inherit' : 'pipe'],
  });
  const started = await hasStarted(child);
  if (started !== true) return { kind: 'not-started', cause: started };
  const over = Promise.withResolvers<ProgramEnd>();
  const stdout = collect(child.stdout, mostPrinted, { onMore: () => over.resolve({ kind: 'too-much' }) });
  const stderr = collect(child.stderr, mostSaid, { onText: onSaid });
  const timer = setTimeout(() => over.resolve({ kind: 'hung', stderr: stderr.text() }), limitMs);
  const abort = (): void => over.resolve({ kind: 'aborted' });
  signal.addEventListener('abort', abort);
  const ended = endOf(child).then((code): ProgramEnd => {
    return code === 0
      ? { kind: 'printed', stdout: stdout.text() }
      : { kind: 'failed', code: code ?? undefined, stdout: stdout.text(), stderr: stderr.text() };
  });
  try {
    const end = await Promise.race([ended, over.promise]);
    if (end.kind === 'hung' || end.kind === 'too-much' || end.kind === 'aborted') await endAll(child, own);
    return end;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
    child.stdout?.destroy();
    child.stderr?.destroy();
  }
}

/** True, or why not. */
async function hasStarted(child: ChildProcess): Promise<unknown> {
  try {
    await once(child, 'spawn');
    // It cannot be told to end, which is seen again when it has not.
    child.on('error', () => undefined);
    return true;
  } catch (error) {
    return error;
  }
}

/** Its exit code, or null when a signal ended it. */
async function endOf(child: ChildProcess): Promise<number | null> {
  const closed = once(child, 'close');
  const [code] = (await once(child, 'exit')) as [number | null];
  let timer: NodeJS.Timeout | undefined;
  const lingered = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, lingerMs);
  });
  await Promise.race([closed, lingered]);
  clearTimeout(timer);
  return code;
}

function collect(
  stream: Readable | null,
  most: number,
  { onMore, onText }: { onMore?: () => void; onText?: ((text: string) => void) | undefined },
): { text: () => string } {
  const chunks: Buffer[] = [];
  const text = (): string => Buffer.concat(chunks).toString('utf8');
  let length = 0;
  stream?.on('data', (chunk: Buffer) => {
    length += chunk.length;
    // What is beyond is read all the same, so that nobody waits for us to read.
    if (length > most) return onMore?.();
    chunks.push(chunk);
    onText?.(text());
  });
  // The pipe ends with the program, which is what counts.
  stream?.on('error', () => undefined);
  return { text };
}

async function endAll(child: ChildProcess, ownGroup: boolean): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return;
  const exited = child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : once(child, 'exit');
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore', windowsHide: true }).on('error', () =>
      child.kill(),
    );
    await exited;
    return;
  }
  const target = ownGroup ? -pid : pid;
  send(target, 'SIGTERM');
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, graceMs);
  });
  await Promise.race([exited, patience]);
  clearTimeout(timer);
  // Its children may have stayed when it went.
  send(target, 'SIGKILL');
  await exited;
}

function send(target: number, signal: NodeJS.Signals): void {
  try {
    process.kill(target, signal);
  } catch (error) {
    // Gone already.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
