import type { AnswerCase } from './answers/answer-case.ts';
import type { Front } from './front.ts';
import type { Outcome } from './raw-client.ts';

/** What a client saw: how the answer ended, and what came on the connection after it. */
export interface Seen {
  outcome: Outcome;
  rest: Buffer;
}

/** A client of one protocol. */
export interface Asking {
  /** Asks for what the workspace is about to say. */
  ask(answer: AnswerCase): Promise<Seen>;
  /** Asks for `/well`, on the same connection if that still serves. */
  next(): Promise<Outcome>;
  close(): void;
}

export type OpenAsking = (front: Front) => Promise<Asking>;
