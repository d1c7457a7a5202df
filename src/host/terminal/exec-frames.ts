/**
 * The channels of `pods/exec` over a WebSocket: each message begins with the number of its channel
 * (k8s.io/apimachinery, pkg/util/remotecommand/constants.go and pkg/util/httpstream/wsstream). `close` is new in version 5.
 */
export const execChannel = { stdin: 0, stdout: 1, stderr: 2, error: 3, resize: 4, close: 255 } as const;

/** In order of preference: a server takes the first that it knows. Version 4 cannot tell a program the end of its input. */
export const execProtocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io'] as const;

/** Messages are held whole in the API server and in the kubelet: keep them small. */
const largestInput = 64 * 1024;

/** Bytes for the program, as messages. */
export function inputFrames(chunk: Buffer): Buffer[] {
  const frames: Buffer[] = [];
  for (let at = 0; at < chunk.length; at += largestInput) {
    const part = chunk.subarray(at, at + largestInput);
    const frame = Buffer.allocUnsafe(part.length + 1);
    frame[0] = execChannel.stdin;
    part.copy(frame, 1);
    frames.push(frame);
  }
  return frames;
}

/** The end of the input (version 5). */
export function endOfInputFrame(): Buffer {
  return Buffer.from([execChannel.close, execChannel.stdin]);
}

/** The terminal has another size (k8s.io/client-go tools/remotecommand, TerminalSize). */
export function resizeFrame({ cols, rows }: { cols: number; rows: number }): Buffer {
  const text = JSON.stringify({ Width: cols, Height: rows });
  return Buffer.concat([Buffer.from([execChannel.resize]), Buffer.from(text)]);
}
