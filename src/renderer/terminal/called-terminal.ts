import { ORPCError } from '@orpc/client';
import { errorBodySchema, type ErrorBody } from '#contract/errors.ts';
import type { HostClient } from '#contract/routes.ts';
import type { TerminalSize } from '#contract/terminal.ts';
import { bytesOf, textOfBytes } from './base64.ts';
import type { ConnectTerminal } from './terminal-connection.ts';

interface Waiting {
  input: Uint8Array[];
  resize: TerminalSize | undefined;
  ack: number | undefined;
}

/** What is typed comes in pieces of 64 KiB at most; a call takes half a MiB. */
const mostPieces = 8;

/** Terminals by calls of the contract, for where there is no WebSocket: what is sent goes one call after the other, so that it stays in order. */
export function calledTerminals({ terminals }: Pick<HostClient, 'terminals'>): ConnectTerminal {
  return (id, { session: known, after, cols, rows }, listener) => {
    const ending = new AbortController();
    const { signal } = ending;
    let session = known;
    let attachment: string | undefined;
    let isSending = false;
    let waiting: Waiting = { input: [], resize: undefined, ack: undefined };

    const close = (error: unknown): void => {
      if (signal.aborted) return;
      ending.abort();
      listener.closed(final(error));
    };

    const follow = async (): Promise<void> => {
      session ??= (await terminals.open({ id, cols, rows }, { signal })).session;
      const events = await terminals.follow(
        { id, session, cols, rows, ...(after === undefined ? {} : { after }) },
        { signal },
      );
      for await (const event of events) {
        if (signal.aborted) return;
        if (event.type === 'output') listener.output(bytesOf(event.data));
        else {
          if (event.type === 'attached') ({ attachment } = event);
          listener.message(event);
          flush();
        }
      }
    };

    function flush(): void {
      const { resize, ack } = waiting;
      const input = waiting.input.slice(0, mostPieces);
      if (isSending || session === undefined || attachment === undefined || signal.aborted) return;
      if (input.length === 0 && resize === undefined && ack === undefined) return;
      waiting = { input: waiting.input.slice(mostPieces), resize: undefined, ack: undefined };
      isSending = true;
      terminals
        .send({
          id,
          session,
          attachment,
          ...(input.length === 0 ? {} : { input: textOfBytes(input) }),
          ...(resize === undefined ? {} : { resize }),
          ...(ack === undefined ? {} : { ack }),
        })
        .then(
          () => {
            isSending = false;
            flush();
          },
          (error: unknown) => close(error),
        );
    }

    follow().then(
      () => close(undefined),
      (error: unknown) => close(error),
    );
    return {
      input(bytes) {
        waiting.input.push(bytes);
        flush();
      },
      resize(size) {
        waiting.resize = size;
        flush();
      },
      ack(offset) {
        waiting.ack = offset;
        flush();
      },
      close: () => ending.abort(),
    };
  };
}

/** What the host has refused; undefined when it was not reached, or the connection broke. */
function final(error: unknown): ErrorBody | undefined {
  return error instanceof ORPCError ? errorBodySchema.safeParse(error.data).data : undefined;
}
