import type WebSocket from 'ws';
import type { Forward, ForwardListener } from './forward.ts';
import { reportedByNode, TunnelError } from './tunnel-error.ts';

/**
 * The channels of a port-forward WebSocket (`v4.channel.k8s.io`): every message begins with its channel's number; data
 * flows both ways on 0, text about failures comes on 1; the first message of each channel is only the port's number
 * (https://github.com/kubernetes/kubelet, pkg/cri/streaming/portforward/websocket.go).
 */
const dataChannel = 0;
const errorChannel = 1;
const portBytes = 2;
/** Messages are held whole in the API server and in the kubelet: keep them small. */
const maxMessage = 128 * 1024;
/** Bytes that may wait to be sent before the writer is asked to wait. */
const maxWaiting = 512 * 1024;
const maxReport = 4 * 1024;

/** A forwarded connection on an open WebSocket of its own. The protocol has no half-close: the end of one direction ends both. */
export function forwardByChannels(socket: WebSocket, listener: ForwardListener): Forward {
  const unread = [portBytes, portBytes];
  let report = '';
  let over = false;
  let isWaiting = false;

  socket.on('message', (message: Buffer) => {
    const channel = message[0];
    if (over || (channel !== dataChannel && channel !== errorChannel)) return;
    const header = unread[channel] ?? 0;
    const skipped = Math.min(header, message.length - 1);
    unread[channel] = header - skipped;
    const content = message.subarray(1 + skipped);
    if (content.length === 0) return;
    if (channel === errorChannel) {
      if (report.length < maxReport) report += content.toString();
    } else if (!listener.data(content)) socket.pause();
  });
  socket.on('error', (error: Error) => {
    if (!over) listener.fail(new TunnelError('severed', error.message, error));
  });
  socket.on('close', (code: number) => {
    if (over) return;
    if (report !== '') listener.fail(reportedByNode(report.trim()));
    // 1006: cut without a goodbye. What was sent may never have arrived, so it is not an orderly end.
    else if (code === 1006) listener.fail(new TunnelError('severed', 'The connection to the API server was cut.'));
    else listener.end();
  });
  const sent = (): void => {
    if (!isWaiting || socket.bufferedAmount > maxWaiting) return;
    isWaiting = false;
    listener.drained();
  };
  return {
    write(chunk) {
      if (socket.readyState !== socket.OPEN) return true;
      for (let at = 0; at < chunk.length; at += maxMessage) {
        const part = chunk.subarray(at, at + maxMessage);
        const message = Buffer.allocUnsafe(part.length + 1);
        message[0] = dataChannel;
        part.copy(message, 1);
        // A failure to send is the socket's own error, which has an owner above.
        socket.send(message, sent);
      }
      isWaiting = socket.bufferedAmount > maxWaiting;
      return !isWaiting;
    },
    end: () => socket.close(1000),
    // It has a WebSocket of its own.
    fade: () => undefined,
    resume: () => socket.resume(),
    release() {
      over = true;
      // Not `close`: an abort has to reach the pod at once, not after a handshake.
      socket.terminate();
    },
  };
}
