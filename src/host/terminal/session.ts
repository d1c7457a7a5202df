import { randomBytes } from 'node:crypto';
import { failedMessage, outputWindow } from '#contract/terminal.ts';
import type { HostMessage, TerminalSession as ShownSession, TerminalSize } from '#contract/terminal.ts';
import { TunnelError } from '../proxy/transport/tunnel-error.ts';
import type { TerminalWatch } from '../workspaces/use/watch-terminal.ts';
import { execError, notStarted } from './exec-error.ts';
import type { ExecOutcome } from './exec-status.ts';
import type { ExecProcess, ExecStarter } from './open-exec.ts';
import { createOutputRing } from './output-ring.ts';
import { wholeLength } from './whole-sequences.ts';

export interface SessionLimits {
  /** Output that is kept to be sent again, in bytes. */
  ringBytes: number;
  /** How far the program may be ahead of who looks at it, and of the screen, in bytes: then it waits. Less than the ring. */
  aheadBytes: number;
  /** How long the program waits so for one whose connection broke, in ms; then it goes on without. */
  holdMs: number;
  /** How long a session lives on without anybody who looks at it, in ms. */
  keepMs: number;
  /** How long a program may take to end when it is told to, in ms. */
  hangUpMs: number;
}

export const usualSessionLimits: SessionLimits = {
  ringBytes: 2 << 20,
  aheadBytes: 1 << 20,
  holdMs: 60_000,
  keepMs: 30 * 60_000,
  hangUpMs: 3_000,
};

/** One who looks at a session: a WebSocket, or a window. */
export interface TerminalClient {
  tell(message: HostMessage): void;
  /** Output from `offset` on. */
  output(chunk: Buffer, offset: number): void;
  /** More input may come. */
  drained(): void;
  /** The session is over, and all is said. */
  close(): void;
}

export interface Attachment {
  readonly id: string;
  /** False when the client should wait for `drained`. */
  input(chunk: Buffer): boolean;
  /** It has taken the output up to here. */
  taken(offset: number): void;
  resize(size: TerminalSize): void;
  /** It is gone; the session lives on for a while. `hasAll`: nothing of what it was sent has been lost on the way. */
  detach(hasAll: boolean): void;
}

export interface TerminalSession {
  readonly id: string;
  shown(): ShownSession;
  attach(client: TerminalClient, options: { size: TerminalSize; after?: number | undefined }): Attachment;
  /** One who looks at it, by the id of `attached`. */
  attachment(id: string): Attachment | undefined;
  /** Ends the program and with it the session. Resolves when it is asked to end. */
  end(): Promise<void>;
}

export interface SessionOptions {
  id: string;
  /** The workspace. */
  workspace: string;
  size: TerminalSize;
  limits: SessionLimits;
  /** Starts the shell. */
  start(): Promise<ExecStarter>;
  /** Sends a signal to all that runs in it. */
  hangUp(signal: 'HUP' | 'KILL'): Promise<void>;
  watch: TerminalWatch;
  /** Nothing is left of it. */
  onClose(): void;
  /** What went wrong that nobody waits for. */
  told(error: unknown): void;
}

interface Viewer {
  client: TerminalClient;
  sent: number;
  taken: number;
  isOver: boolean;
}

/** How much is sent in one message, in bytes. */
const chunkBytes = 64 * 1024;
const nothing = Buffer.alloc(0);

/**
 * A shell in a workspace, with what it shows, for any number of viewers. The program is read as fast as the fastest viewer takes it; one
 * that falls behind what is kept, or comes back late, gets the screen instead. Rejects with a GuildNetError when it cannot be started.
 */
export async function openTerminalSession(options: SessionOptions): Promise<TerminalSession> {
  const { id, workspace, limits, watch } = options;
  // A terminal's worth of code, for hosts that never have one.
  const { createScreen } = await import('./screen.ts');
  const createdAt = new Date();
  const viewers = new Set<Viewer>();
  const attachments = new Map<string, Attachment>();
  const ring = createOutputRing(limits.ringBytes);
  /** How much the screen has been given; what is in the middle of a character waits for its rest. */
  let given = 0;
  let rest = nothing;
  let process: ExecProcess | undefined;
  let isPaused = false;
  /** What those have taken who are gone, and until when they are waited for. */
  let left = { taken: 0, waitedUntil: Date.now() + limits.holdMs };
  let end: HostMessage | undefined;
  let isSeen = false;
  let isClosed = false;
  /** While it is being ended: when that has taken too long. */
  let late: NodeJS.Timeout | undefined;
  let holding: NodeJS.Timeout | undefined;
  let keeping: NodeJS.Timeout | undefined;
  let endsAt: Date | undefined;

  const screen = createScreen(options.size, {
    onAnswer: (text) => {
      // Otherwise the viewers' own terminals answer.
      if (viewers.size === 0 && end === undefined) process?.write(Buffer.from(text));
    },
    onTaken: steer,
  });

  function mustWait(): boolean {
    if (screen.pending > limits.aheadBytes) return true;
    const taken = [...viewers].map((viewer) => viewer.taken);
    if (taken.length > 0) return ring.end - Math.max(...taken) > limits.aheadBytes;
    return Date.now() < left.waitedUntil && ring.end - left.taken > limits.aheadBytes;
  }

  /** Lets the program print, or not. */
  function steer(): void {
    const wait = mustWait();
    if (wait === isPaused || end !== undefined) return;
    isPaused = wait;
    if (wait) process?.pause();
    else process?.resume();
  }

  function onOutput(chunk: Buffer): void {
    ring.push(chunk);
    const all = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const whole = wholeLength(all);
    rest = Buffer.from(all.subarray(whole));
    if (whole > 0) {
      given += whole;
      screen.write(Buffer.from(all.subarray(0, whole)));
    }
    if (viewers.size > 0) watch.output(chunk.length);
    for (const viewer of viewers) send(viewer);
    steer();
  }

  function send(viewer: Viewer): void {
    while (!viewer.isOver && viewer.sent < ring.end) {
      const room = outputWindow - (viewer.sent - viewer.taken);
      if (room <= 0) return;
      const chunk = ring.from(viewer.sent, Math.min(room, chunkBytes));
      if (chunk === undefined) return sendScreen(viewer);
      const offset = viewer.sent;
      viewer.sent += chunk.length;
      viewer.client.output(chunk, offset);
    }
    if (end === undefined || viewer.isOver) return;
    viewer.isOver = true;
    viewer.client.tell(end);
    viewer.client.close();
  }

  /** When somebody has seen the end nobody needs to come for it. What is sent may be lost: until it is known to have come it is kept. */
  function closeIfDone(): void {
    const isDone = late !== undefined || (isSeen && viewers.size === 0);
    if (end !== undefined && isDone) close();
  }

  function sendScreen(viewer: Viewer): void {
    const offset = given - screen.pending;
    viewer.sent = offset;
    // Nothing more until it has this.
    viewer.taken = offset - outputWindow;
    viewer.client.tell({ type: 'screen', data: screen.serialize(), offset, ...screen.size });
  }

  function finish(message: HostMessage): void {
    if (end !== undefined) return;
    end = message;
    for (const viewer of viewers) send(viewer);
    closeIfDone();
  }

  function onEnded(outcome: ExecOutcome | TunnelError): void {
    if (outcome instanceof TunnelError) finish(failedMessage(execError(outcome, workspace)));
    else if (outcome.kind === 'exited') finish({ type: 'exited', code: outcome.code });
    else finish(failedMessage(notStarted(workspace, outcome.message)));
  }

  async function begin(): Promise<void> {
    const starter = await options.start().catch((error: unknown) => {
      throw error instanceof TunnelError ? execError(error, workspace) : error;
    });
    process = starter({
      output: (_stream, chunk) => onOutput(chunk),
      drained: () => {
        for (const { client } of viewers) client.drained();
      },
      ended: onEnded,
    });
    process.resize(screen.size);
  }

  function close(): void {
    if (isClosed) return;
    isClosed = true;
    clearTimeout(late);
    clearTimeout(holding);
    clearTimeout(keeping);
    process?.cut();
    screen.close();
    for (const viewer of viewers) {
      if (viewer.isOver) continue;
      viewer.isOver = true;
      viewer.client.tell(end ?? { type: 'exited', code: hungUp });
      viewer.client.close();
    }
    viewers.clear();
    options.onClose();
  }

  async function hangUp(): Promise<void> {
    if (isClosed || late !== undefined) return;
    if (end !== undefined) return close();
    late = setTimeout(() => {
      options.hangUp('KILL').catch(options.told);
      close();
    }, limits.hangUpMs);
    try {
      await options.hangUp('HUP');
    } catch (error) {
      options.told(error);
      close();
    }
  }

  function keep(): void {
    endsAt = new Date(Date.now() + limits.keepMs);
    keeping = setTimeout(() => void hangUp().catch(options.told), limits.keepMs);
    keeping.unref();
    left.waitedUntil = Date.now() + limits.holdMs;
    holding = setTimeout(steer, limits.holdMs + 1);
    holding.unref();
  }

  keep();
  try {
    await begin();
  } catch (error) {
    close();
    throw error;
  }

  return {
    id,
    shown: () => ({
      session: id,
      created_at: createdAt.toISOString(),
      title: screen.title,
      ...screen.size,
      attached: viewers.size,
      ...(endsAt === undefined ? {} : { ends_at: endsAt.toISOString() }),
      ...(end?.type === 'exited' ? { exit_code: end.code } : {}),
    }),
    attach(client, { size, after }) {
      clearTimeout(keeping);
      clearTimeout(holding);
      endsAt = undefined;
      resize(undefined, size);
      const known = after !== undefined && ring.from(after, 0) !== undefined;
      // A session that nobody has looked at is sent from its beginning.
      const from = known ? after : after === undefined && ring.start === 0 && ring.end <= outputWindow ? 0 : undefined;
      const viewer: Viewer = { client, sent: from ?? -1, taken: from ?? -1, isOver: false };
      viewers.add(viewer);
      const attachment = randomBytes(8).toString('hex');
      const offset = from ?? given - screen.pending;
      client.tell({ type: 'attached', session: id, attachment, offset, live: ring.end, ...screen.size });
      if (from === undefined) sendScreen(viewer);
      send(viewer);
      steer();
      const joined: Attachment = {
        id: attachment,
        input(chunk) {
          if (viewer.isOver || end !== undefined) return true;
          watch.input(chunk.length);
          return process?.write(chunk) ?? true;
        },
        taken(offset) {
          if (offset <= viewer.taken || offset > viewer.sent) return;
          viewer.taken = offset;
          send(viewer);
          steer();
        },
        resize: (next) => resize(viewer, next),
        detach(hasAll) {
          attachments.delete(attachment);
          if (!viewers.delete(viewer)) return;
          if (viewer.isOver && hasAll) isSeen = true;
          viewer.isOver = true;
          left = { ...left, taken: Math.max(0, viewer.taken) };
          closeIfDone();
          if (viewers.size === 0 && !isClosed) keep();
          steer();
        },
      };
      attachments.set(attachment, joined);
      return joined;
    },
    attachment: (name) => attachments.get(name),
    end: hangUp,
  };

  function resize(by: Viewer | undefined, size: TerminalSize): void {
    const { cols, rows } = screen.size;
    if (isClosed || (cols === size.cols && rows === size.rows)) return;
    screen.resize(size);
    process?.resize(size);
    for (const viewer of viewers) if (viewer !== by) viewer.client.tell({ type: 'size', ...size });
  }
}

/** What a shell ends with that SIGHUP has ended: 128 and its number. */
const hungUp = 129;
