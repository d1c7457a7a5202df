import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { GuildNetError } from '#contract/errors.ts';
import { boundedLines } from '../bounded-lines.ts';

/** Bytes of an answer: a status names every device of the tailnet. */
const longestAnswer = 16 * 1024 * 1024;
const answerMs = 20_000;

export interface LocalApiAnswer {
  status: number;
  etag: string | undefined;
  text: string;
}

/** What a machine's own tailscaled can be asked (tailscale.com/ipn/localapi). */
export interface LocalApi {
  /** `path` is below `/localapi/v0/`. Rejects with `upstream_failed` where nobody answers. */
  ask(
    method: 'GET' | 'POST' | 'PATCH',
    path: string,
    body?: object,
    headers?: Record<string, string>,
    patienceMs?: number,
  ): Promise<LocalApiAnswer>;
  /** Hands on each line of an answer that has no end, until it has one. Rejects as `ask` does. */
  follow(path: string, onLine: (line: string) => void, signal: AbortSignal): Promise<void>;
}

/** By a Unix socket, or a named pipe of Windows. */
export function localApiAt(socketPath: string): LocalApi {
  const send = (
    method: string,
    path: string,
    { body, headers, signal }: { body?: object | undefined; headers?: Record<string, string>; signal: AbortSignal },
  ): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const asked = request({
        socketPath,
        method,
        path: `/localapi/v0/${path}`,
        // It answers to this name alone, so that no page of a browser can ask it.
        headers: { host: 'local-tailscaled.sock', ...headers },
        agent: false,
        signal,
      });
      asked.once('error', (error) => reject(unreachable(socketPath, error)));
      asked.once('response', resolve);
      asked.end(body === undefined ? undefined : JSON.stringify(body));
    });

  return {
    async ask(method, path, body, headers = {}, patienceMs = answerMs) {
      const response = await send(method, path, { body, headers, signal: AbortSignal.timeout(patienceMs) });
      const chunks: Buffer[] = [];
      let length = 0;
      try {
        for await (const chunk of response) {
          length += (chunk as Buffer).length;
          if (length > longestAnswer) throw new Error('its answer has no end');
          chunks.push(chunk as Buffer);
        }
      } catch (error) {
        throw unreachable(socketPath, error as Error);
      }
      const { etag } = response.headers;
      return { status: response.statusCode ?? 0, etag, text: Buffer.concat(chunks).toString('utf8') };
    },
    async follow(path, onLine, signal) {
      const response = await send('GET', path, { signal });
      if (response.statusCode !== 200) {
        response.destroy();
        throw unreachable(socketPath, new Error(`it answers ${String(response.statusCode)}`));
      }
      await new Promise<void>((resolve) => {
        response.once('close', resolve);
        // That it has ended is all that is to be known.
        response.on('error', () => undefined);
        boundedLines(response, longestAnswer, onLine, () => response.destroy());
      });
    },
  };
}

function unreachable(socketPath: string, cause: Error): GuildNetError {
  const { code = '' } = cause as NodeJS.ErrnoException;
  const [why, remedy] =
    code === 'ENOENT' || code === 'ECONNREFUSED'
      ? [
          'nobody is there',
          'Install and start Tailscale on this computer, set TS_SOCKET to where its tailscaled listens, or use GUILDNET_TAILNET=embedded, which needs none.',
        ]
      : code === 'EACCES' || code === 'EPERM'
        ? ['this user may not ask it', 'Run: sudo tailscale set --operator=$USER']
        : [cause.message, 'Look whether Tailscale runs on this computer: tailscale status'];
  return new GuildNetError(
    'upstream_failed',
    `The tailscaled of this computer does not answer at ${socketPath}: ${why}.`,
    {
      remedy,
      cause,
    },
  );
}
