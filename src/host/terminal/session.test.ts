import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { outputWindow } from '#contract/terminal.ts';
import type { HostMessage } from '#contract/terminal.ts';
import { TunnelError } from '../proxy/transport/tunnel-error.ts';
import type { ExecListener, ExecProcess } from './open-exec.ts';
import { openTerminalSession, usualSessionLimits } from './session.ts';
import type { SessionOptions, TerminalSession } from './session.ts';

// The program is a fake: it stands for the other end of a connection to the API server, which cannot be made to wait, break and end so.

const size = { cols: 80, rows: 24 };

class Program {
  listener: ExecListener | undefined;
  isPaused = false;
  isCut = false;
  written = '';
  sizes: object[] = [];
  readonly starter = (listener: ExecListener): ExecProcess => {
    this.listener = listener;
    return {
      write: (chunk) => {
        this.written += chunk.toString();
        return true;
      },
      endInput: () => true,
      resize: (to) => void this.sizes.push(to),
      pause: () => (this.isPaused = true),
      resume: () => (this.isPaused = false),
      cut: () => (this.isCut = true),
    };
  };
  prints(text: string): void {
    this.listener?.output('output', Buffer.from(text));
  }
  exits(code: number): void {
    this.listener?.ended({ kind: 'exited', code });
  }
}

/** Takes what it gets, at once or when it is told to. */
class Client {
  text = '';
  offset = 0;
  messages: HostMessage[] = [];
  isClosed = false;
  take: (offset: number) => void = () => undefined;
  tell(message: HostMessage): void {
    this.messages.push(message);
    if (message.type === 'attached') this.offset = message.offset;
    if (message.type !== 'screen') return;
    this.text = message.data;
    this.offset = message.offset;
    this.take(this.offset);
  }
  output(chunk: Buffer, offset: number): void {
    expect(offset).toBe(this.offset);
    this.text += chunk.toString();
    this.offset += chunk.length;
    this.take(this.offset);
  }
  drained(): void {
    // Nobody waits here.
  }
  close(): void {
    this.isClosed = true;
  }
  get types(): string[] {
    return this.messages.map(({ type }) => type);
  }
}

let program: Program;
let hangUps: string[];
let closed: boolean;
let used: { input: number; output: number };

function open(more: Partial<SessionOptions> = {}): Promise<TerminalSession> {
  return openTerminalSession({
    id: 's1',
    workspace: 'w',
    size,
    limits: usualSessionLimits,
    start: () => Promise.resolve(program.starter),
    hangUp: (signal) => {
      hangUps.push(signal);
      return Promise.resolve();
    },
    watch: { input: (bytes) => (used.input += bytes), output: (bytes) => (used.output += bytes) },
    onClose: () => (closed = true),
    told: (error) => {
      throw error;
    },
    ...more,
  });
}

/** With a client that takes all at once, unless told otherwise. */
function join(session: TerminalSession, { after, takes = true }: { after?: number; takes?: boolean } = {}) {
  const client = new Client();
  const attachment = session.attach(client, { size, after });
  if (takes) {
    client.take = (offset) => attachment.taken(offset);
    attachment.taken(client.offset);
  }
  return { client, attachment };
}

beforeEach(() => {
  program = new Program();
  hangUps = [];
  closed = false;
  used = { input: 0, output: 0 };
});

afterEach(() => {
  vi.useRealTimers();
});

describe('a session', () => {
  test('gives its output as it comes, its input as it is, and ends with the exit code', async () => {
    const session = await open();
    program.prints('$ ');
    const { client, attachment } = join(session);
    attachment.input(Buffer.from('ls\r'));
    program.prints('ls\r\na b\r\n');
    expect(client.text).toBe('$ ls\r\na b\r\n');
    expect(program.written).toBe('ls\r');
    expect(used.input).toBe(3);
    program.exits(3);
    expect(client.messages.at(-1)).toEqual({ type: 'exited', code: 3 });
    expect(client.isClosed).toBe(true);
    // What is sent may be lost, until it is known to have come.
    expect(closed).toBe(false);
    attachment.detach(true);
    expect(closed).toBe(true);
    expect(program.isCut).toBe(true);
  });

  test('is joined again where one was, byte for byte', async () => {
    const session = await open();
    const first = join(session);
    program.prints('one ');
    first.attachment.detach(false);
    program.prints('two ');
    const second = join(session, { after: first.client.offset });
    program.prints('three');
    expect(first.client.text + second.client.text).toBe('one two three');
    expect(second.client.types).toEqual(['attached']);
    expect(second.client.messages[0]).toMatchObject({ offset: 4, live: 8 });
  });

  test('keeps all for one whose connection broke, and lets the program wait for it', async () => {
    const session = await open();
    const first = join(session);
    program.prints('x');
    first.attachment.detach(false);
    const block = 'y'.repeat(64 * 1024);
    let printed = 0;
    while (!program.isPaused) {
      program.prints(block);
      printed += block.length;
      expect(printed).toBeLessThan(usualSessionLimits.ringBytes);
    }
    const second = join(session, { after: 1 });
    expect(second.client.types).toEqual(['attached']);
    expect(second.client.text === 'y'.repeat(printed)).toBe(true);
    // The screen has to catch up as well.
    await vi.waitFor(() => expect(program.isPaused).toBe(false), { timeout: 30_000 });
  });

  test('goes on without it after a while, and then gives the screen', async () => {
    const limits = { ...usualSessionLimits, holdMs: 100 };
    const session = await open({ limits });
    const first = join(session);
    first.attachment.detach(false);
    while (!program.isPaused) program.prints('line\r\n'.repeat(2_000));
    await vi.waitFor(() => expect(program.isPaused).toBe(false), { timeout: 60_000 });
    const printed = { bytes: 0 };
    while (printed.bytes < 2 * limits.ringBytes) {
      const text = 'line\r\n'.repeat(2_000);
      program.prints(text);
      printed.bytes += text.length;
    }
    program.prints('the last');
    await vi.waitFor(() => expect(program.isPaused).toBe(false), { timeout: 60_000 });
    const second = join(session, { after: first.client.offset });
    expect(second.client.types).toEqual(['attached', 'screen']);
    program.prints(' word');
    expect(second.client.text).toMatch(/the last word$/);
  }, 120_000);

  test('sends no more ahead than its window to one that does not take it', async () => {
    const session = await open();
    const { client, attachment } = join(session, { takes: false });
    program.prints('x'.repeat(outputWindow + 100));
    expect(client.text.length).toBe(outputWindow);
    attachment.taken(100);
    expect(client.text.length).toBe(outputWindow + 100);
    // Nobody takes what was not sent.
    attachment.taken(outputWindow + 101);
    program.prints('y'.repeat(outputWindow));
    expect(client.text.length).toBe(outputWindow + 100);
  });

  test('is not held up by one of two that takes nothing; that one gets the screen', async () => {
    const session = await open();
    const slow = join(session, { takes: false });
    const fast = join(session);
    const block = `${'z'.repeat(78)}\r\n`.repeat(800);
    for (let sent = 0; sent < 2 * usualSessionLimits.ringBytes; sent += block.length) {
      await vi.waitFor(() => expect(program.isPaused).toBe(false), { timeout: 60_000 });
      program.prints(block);
    }
    expect(fast.client.types).toEqual(['attached']);
    slow.attachment.taken(slow.client.offset);
    expect(slow.client.types).toEqual(['attached', 'screen']);
  }, 120_000);

  test('answers a program for a terminal that nobody looks at, and leaves it to them otherwise', async () => {
    const session = await open();
    program.prints('\u001b[6n');
    await vi.waitFor(() => expect(program.written).toBe('\u001b[1;1R'));
    join(session);
    program.prints('\u001b[6n');
    program.prints('seen');
    await vi.waitFor(() => expect(session.shown().attached).toBe(1));
    expect(program.written).toBe('\u001b[1;1R');
  });

  test('has the size of who came or changed it last, and tells the others', async () => {
    const session = await open();
    const first = join(session);
    const second = new Client();
    const attachment = session.attach(second, { size: { cols: 100, rows: 30 } });
    expect(first.client.messages.at(-1)).toEqual({ type: 'size', cols: 100, rows: 30 });
    attachment.resize({ cols: 90, rows: 20 });
    expect(program.sizes.at(-1)).toEqual({ cols: 90, rows: 20 });
    expect(second.types).toEqual(['attached']);
  });

  test('that ended while nobody looked says so to whoever comes', async () => {
    const session = await open();
    const first = join(session);
    first.attachment.detach(false);
    program.prints('bye');
    program.exits(0);
    expect(closed).toBe(false);
    expect(session.shown()).toMatchObject({ exit_code: 0, attached: 0 });
    const second = join(session, { after: 0 });
    expect(second.client.text).toBe('bye');
    expect(second.client.types).toEqual(['attached', 'exited']);
    // That connection breaks, too, with the last of it on the way.
    second.attachment.detach(false);
    expect(closed).toBe(false);
    const third = join(session, { after: 1 });
    expect(third.client.text).toBe('ye');
    expect(third.client.types).toEqual(['attached', 'exited']);
    third.attachment.detach(true);
    expect(closed).toBe(true);
  });

  test('ends by itself when nobody has looked for long', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
    const session = await open();
    const { attachment } = join(session);
    await vi.advanceTimersByTimeAsync(usualSessionLimits.keepMs * 2);
    expect(hangUps).toEqual([]);
    attachment.detach(false);
    expect(session.shown().ends_at).toBeDefined();
    await vi.advanceTimersByTimeAsync(usualSessionLimits.keepMs);
    expect(hangUps).toEqual(['HUP']);
    program.exits(129);
    expect(closed).toBe(true);
  });

  test('that does not end when it is told to is cut', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
    const session = await open();
    const { client } = join(session);
    await session.end();
    await vi.advanceTimersByTimeAsync(usualSessionLimits.hangUpMs);
    expect(hangUps).toEqual(['HUP', 'KILL']);
    expect(program.isCut).toBe(true);
    expect(client.messages.at(-1)).toEqual({ type: 'exited', code: 129 });
  });

  test('whose connection broke says that it cannot be gone on with', async () => {
    const session = await open();
    const { client } = join(session);
    program.listener?.ended(new TunnelError('lost', 'cut'));
    expect(client.messages.at(-1)).toMatchObject({ type: 'failed', error: { code: 'upstream_failed' } });
  });

  test('that the container runtime does not start says why', async () => {
    const session = await open();
    const { client } = join(session);
    program.listener?.ended({ kind: 'failed', message: 'container not running' });
    expect(client.messages.at(-1)).toMatchObject({ type: 'failed', error: { code: 'upstream_failed' } });
  });

  test('that cannot be asked for is none', async () => {
    const start = () => Promise.reject(new TunnelError('denied', 'pods/exec'));
    await expect(open({ start })).rejects.toMatchObject({ code: 'forbidden' });
    expect(closed).toBe(true);
  });
});
