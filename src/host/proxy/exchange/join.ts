import { pipeline } from 'node:stream';
import type { Duplex } from 'node:stream';

export interface Joining {
  /** Milliseconds without a byte, after one direction has ended, until the other is ended too. */
  lingerMs: number;
  fromClient: (chunk: Buffer) => void;
  fromWorkspace: (chunk: Buffer) => void;
  /** Called once, when both streams are destroyed; with what broke, if anything did. */
  done: (error: Error | undefined) => void;
}

/**
 * Makes two streams one connection: bytes go both ways with back-pressure, the end of one direction is passed on, and the
 * end of both, or an error of either, destroys both. A side that stays half open in silence is ended after a while.
 */
export function join(client: Duplex, workspace: Duplex, { lingerMs, fromClient, fromWorkspace, done }: Joining): void {
  let open = 2;
  let failure: Error | undefined;
  let linger: NodeJS.Timeout | undefined;

  const close = (): void => {
    clearTimeout(linger);
    client.destroy();
    workspace.destroy();
  };
  const ended = (error: NodeJS.ErrnoException | null | undefined): void => {
    failure ??= error ?? undefined;
    open -= 1;
    if (open === 0) {
      close();
      done(failure);
    } else if (failure !== undefined) close();
    else linger ??= setTimeout(close, lingerMs).unref();
  };
  client.on('data', (chunk: Buffer) => {
    linger?.refresh();
    fromClient(chunk);
  });
  workspace.on('data', (chunk: Buffer) => {
    linger?.refresh();
    fromWorkspace(chunk);
  });
  pipeline(client, workspace, ended);
  pipeline(workspace, client, ended);
}
