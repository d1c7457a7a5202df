import { hostMessageSchema, streams, type TerminalMessage } from '#contract/terminal.ts';
import type { ConnectTerminal } from './terminal-connection.ts';

/** The terminals of the host at this origin, over WebSockets, which have the page's session and `Origin`. */
export function socketTerminals(origin: string): ConnectTerminal {
  return (id, start, listener) => {
    const url = `${origin.replace(/^http/, 'ws')}/api/workspaces/${encodeURIComponent(id)}/terminal`;
    const socket = new WebSocket(url);
    socket.binaryType = 'arraybuffer';
    let isOver = false;
    const send = (message: TerminalMessage | object): void => {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    };
    socket.addEventListener('open', () => send({ type: 'start', ...start }));
    socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (isOver) return;
      if (data instanceof ArrayBuffer) return listener.output(new Uint8Array(data, 1));
      const message = hostMessageSchema.safeParse(typeof data === 'string' ? parsed(data) : undefined).data;
      if (message !== undefined) listener.message(message);
    });
    // An error is followed by it, and says nothing of its own.
    socket.addEventListener('close', () => {
      if (!isOver) listener.closed(undefined);
      isOver = true;
    });
    return {
      input(bytes) {
        if (socket.readyState !== WebSocket.OPEN) return;
        const message = new Uint8Array(bytes.length + 1);
        message[0] = streams.input;
        message.set(bytes, 1);
        socket.send(message);
      },
      resize: (size) => send({ type: 'resize', ...size }),
      ack: (offset) => send({ type: 'ack', offset }),
      close() {
        isOver = true;
        socket.close();
      },
    };
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
