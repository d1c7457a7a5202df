import { randomUUID } from 'node:crypto';
import WebSocket from 'ws';
import { z } from 'zod';

const greetingSchema = z.union([
  z.object({ gone: z.literal(true) }),
  z.object({ next: z.int().min(0), missed: z.boolean(), begun: z.int().min(1) }),
]);

/** Where the workspace is, and what the host is asked with. */
export interface TerminalPlace {
  /** `<id>.localhost` */
  host: string;
  port: number;
  ca: string;
  headers: Record<string, string>;
}

/** What has become of a terminal so far. */
export interface TerminalFigures {
  /** Numbers of the program that arrived, each once and in order. */
  received: number;
  /** Numbers that were left out, came twice, or were not taken in by the program: of either direction. */
  lost: number;
  /** Times that the program did not know it any more, and said so: a page would have to be loaded anew. */
  renewed: number;
  /** Attempts to connect again that were refused. VS Code makes the first at once and waits 5 s before the next. */
  refused: number;
  /** How often the program had been started in its home when it was last asked. */
  begun: number;
}

/** A WebSocket that is opened again when it ends, and goes on where it was. */
export interface NumberTerminal extends Disposable {
  readonly figures: Readonly<TerminalFigures>;
  /** Resolves with the time (ms since the epoch) at which a number arrived that was made after this time. Rejects after a minute. */
  hears(after: number): Promise<number>;
}

/** Between attempts: soon, so that what is measured is when the way is there again and not when it was tried. */
const pauseMs = 50;
const typesEveryMs = 50;
const patienceMs = 60_000;

export function openNumberTerminal(place: TerminalPlace): NumberTerminal {
  const figures: TerminalFigures = { received: 0, lost: 0, renewed: 0, refused: 0, begun: 0 };
  const listeners = new Set<(made: number) => void>();
  let token = randomUUID();
  let expected = 0;
  let typed = 0;
  let isKnown = false;
  let over = false;
  let current: WebSocket | undefined;
  let pause: NodeJS.Timeout | undefined;

  function take(text: string): void {
    const [number = Number.NaN, made = Number.NaN] = text.split('@').map(Number);
    if (number === expected) figures.received += 1;
    else figures.lost += Math.abs(number - expected);
    expected = number + 1;
    for (const listener of listeners) listener(made);
  }

  function begin(): void {
    const authority = `${place.host}:${String(place.port)}`;
    const query = `token=${token}&from=${String(expected)}&reconnection=${String(isKnown)}`;
    const socket = new WebSocket(`wss://127.0.0.1:${String(place.port)}/numbers?${query}`, [], {
      ...{ ca: place.ca, servername: place.host },
      headers: { ...place.headers, host: authority, origin: `https://${authority}` },
      perMessageDeflate: false,
    });
    current = socket;
    let greeted = false;
    let typing: NodeJS.Timeout | undefined;
    // What ends it is known by its end.
    socket.on('error', () => undefined);
    socket.on('message', (data: Buffer) => {
      const text = data.toString();
      if (greeted) return take(text);
      greeted = true;
      const greeting = greetingSchema.parse(JSON.parse(text));
      if ('gone' in greeting) {
        figures.renewed += 1;
        token = randomUUID();
        expected = 0;
        typed = 0;
        isKnown = false;
        return;
      }
      isKnown = true;
      figures.begun = greeting.begun;
      if (greeting.missed || greeting.next > typed) figures.lost += 1;
      // What was on its way when it was cut is typed again, from where the program is.
      typed = greeting.next;
      typing = setInterval(() => {
        if (socket.readyState !== socket.OPEN) return;
        socket.send(String(typed));
        typed += 1;
      }, typesEveryMs);
    });
    socket.once('close', () => {
      clearInterval(typing);
      if (over) return;
      if (!greeted) figures.refused += 1;
      pause = setTimeout(begin, greeted ? 0 : pauseMs);
    });
  }

  begin();
  return {
    figures,
    async hears(after) {
      const { promise, resolve, reject } = Promise.withResolvers<number>();
      const look = (made: number): void => {
        if (made > after) resolve(Date.now());
      };
      const late = setTimeout(() => reject(new Error(`Nothing more is heard: ${JSON.stringify(figures)}`)), patienceMs);
      listeners.add(look);
      try {
        return await promise;
      } finally {
        clearTimeout(late);
        listeners.delete(look);
      }
    },
    [Symbol.dispose]() {
      over = true;
      clearTimeout(pause);
      current?.terminate();
    },
  };
}
