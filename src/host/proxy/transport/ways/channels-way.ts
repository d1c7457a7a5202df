import type WebSocket from 'ws';
import { forwardByChannels } from '../channels.ts';
import { OpenChannels } from '../open-channels.ts';
import { podKey } from '../pod-key.ts';
import type { TunnelTarget } from '../transport.ts';
import { TunnelError } from '../tunnel-error.ts';
import { WayBlocked } from './way.ts';
import type { Way, WayListener } from './way.ts';

export interface ChannelsWayOptions {
  /** Rejects with WayBlocked or a TunnelError. */
  dial(target: TunnelTarget): Promise<WebSocket>;
  on: WayListener;
}

/** Longer than any machine needs, shorter than anybody waits for nothing. */
const proofMs = 5_000;
/** Cut without a goodbye (RFC 6455, 7.4.1). */
const cutCode = 1006;

/** A WebSocket with channels for each connection: for gateways and API servers that know nothing better. */
export function channelsWay({ dial, on }: ChannelsWayOptions): Way {
  const open = new OpenChannels();

  return {
    kind: 'channels',
    proves: true,
    ready: () => undefined,
    async prepare(target, prove) {
      const socket = await dial(target);
      open.add(podKey(target), socket);
      const early = prove ? await firstMessages(socket) : [];
      let ours = false;
      return {
        halfCloses: false,
        begin(listener) {
          socket.once('close', (code: number) => {
            if (code === cutCode && !ours) on.cut(target);
          });
          const forward = forwardByChannels(socket, {
            ...listener,
            fail: (error) => listener.fail(open.explain(socket, error)),
          });
          for (const message of early) socket.emit('message', message, true);
          socket.resume();
          return {
            ...forward,
            release() {
              ours = true;
              forward.release();
            },
          };
        },
        discard: () => socket.terminate(),
      };
    },
    forget: (pod) => open.end(podKey(pod)),
    close: () => open.endAll(),
  };
}

/** The node begins each channel with a message of its own: without one nobody is there. They are kept for whoever begins. */
async function firstMessages(socket: WebSocket): Promise<Buffer[]> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const messages: Buffer[] = [];
  const refuse = (): void =>
    reject(new WayBlocked(new TunnelError('offline', 'The WebSocket was opened, and then nothing was answered.')));
  const keep = (message: Buffer): void => {
    messages.push(message);
    socket.pause();
    resolve();
  };
  const timer = setTimeout(refuse, proofMs);
  socket.on('message', keep);
  socket.once('close', refuse);
  socket.resume();
  try {
    await promise;
    return messages;
  } catch (error) {
    socket.terminate();
    throw error;
  } finally {
    clearTimeout(timer);
    socket.off('close', refuse);
    // What has been read already is handed out in this turn, and nothing after it while it is paused.
    socket.off('message', keep);
  }
}
