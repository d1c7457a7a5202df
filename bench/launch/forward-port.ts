import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A `kubectl port-forward` to one port of a pod; disposing of it ends it. */
export interface ForwardedPort extends AsyncDisposable {
  /** The port on 127.0.0.1. */
  port: string;
  pid: number;
}

/** Starts it and resolves once it listens. `common` are kubectl's own arguments: which cluster and namespace. */
export async function forwardPort(
  program: string,
  common: readonly string[],
  pod: string,
  port: number,
): Promise<ForwardedPort> {
  const forward = spawn(program, [...common, 'port-forward', `pod/${pod}`, `:${port}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(forward, 'close');
  const stop = async (): Promise<void> => {
    forward.kill('SIGTERM');
    await closed;
  };
  try {
    const listening = await portOf(forward.stdout);
    return { port: listening, pid: forward.pid ?? 0, [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** kubectl says "Forwarding from 127.0.0.1:34567 -> 8080" when it listens, and a line for each connection then. */
async function portOf(output: NodeJS.ReadableStream): Promise<string> {
  const lines = createInterface({ input: output });
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  lines.on('line', (line) => {
    const port = /127\.0\.0\.1:(?<port>\d+)/.exec(line)?.groups?.['port'];
    if (port !== undefined) resolve(port);
  });
  lines.once('close', () => reject(new Error('kubectl port-forward ended before it listened.')));
  return promise;
}
