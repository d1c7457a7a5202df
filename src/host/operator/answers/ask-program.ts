import { request as httpRequest } from 'node:http';
import type { PortScheme } from '#contract/port-scheme.ts';
import { TunnelAgent } from '../../proxy/transport/tunnel-agent.ts';
import { TunnelError } from '../../proxy/transport/tunnel-error.ts';
import type { Tunnel } from '../../proxy/transport/transport.ts';
import { cut } from '../failures/said.ts';
import type { Answer } from './answer.ts';

export interface ProgramQuestion {
  /** Opens a tunnel to its port. */
  open: () => Tunnel;
  port: number;
  scheme: PortScheme;
  /** With its query. */
  path: string;
  /** How long it may take to connect and to begin its answer, in milliseconds. */
  withinMs: number;
  signal: AbortSignal;
}

/** What programs and filters of logs know as a probe. */
const userAgent = 'kube-probe/guildnet';
/** As much as the proxy passes on, so that nothing is found wanting here that is shown there. */
const mostHeaderBytes = 262_144;
/** Failures of tunnels that are the cluster's, and may be over in a moment. */
const passing: ReadonlySet<string> = new Set(['gone', 'offline', 'lost', 'severed', 'unauthorized']);

/**
 * Asks a program once, and once more by the other scheme where its answer looks as if it spoke that: servers answer 400 to
 * plain HTTP on a TLS port (nginx, Go), or close the connection. Never rejects.
 */
export async function askProgram(question: ProgramQuestion): Promise<Answer> {
  const first = await ask(question, question.scheme);
  if (!mayBeOther(first, question.scheme)) return first;
  const speaks = question.scheme === 'http' ? 'https' : 'http';
  const second = await ask(question, speaks);
  return second.is === 'status' && second.status !== 400 ? { is: 'other-scheme', speaks } : first;
}

function mayBeOther(answer: Answer, scheme: PortScheme): boolean {
  return answer.is === 'foreign' || (scheme === 'http' && answer.is === 'status' && answer.status === 400);
}

function ask({ open, port, path, withinMs, signal }: ProgramQuestion, scheme: PortScheme): Promise<Answer> {
  return new Promise((resolve) => {
    let tunnel: Tunnel | undefined;
    const agent = new TunnelAgent({
      open: () => {
        tunnel = open();
        // Told by the tunnel itself: with TLS in it, its own words would not be heard.
        return tunnel.on('error', (error) => settle(failed(error)));
      },
      scheme,
      serverName: 'localhost',
      keepAlive: false,
    });
    const request = httpRequest({
      agent,
      protocol: agent.protocol,
      host: 'localhost',
      port,
      path,
      maxHeaderSize: mostHeaderBytes,
      headers: {
        host: `localhost:${String(port)}`,
        'user-agent': userAgent,
        accept: '*/*',
        connection: 'close',
      },
    });
    const settle = (answer: Answer): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      resolve(answer);
      request.destroy();
      agent.destroy();
    };
    // One that is still being connected to has not had the chance to be late.
    const late = (): void => settle(tunnel?.connecting === false ? { is: 'late' } : { is: 'unknown', passing: true });
    const abort = (): void => settle({ is: 'unknown', passing: true });
    const timer = setTimeout(late, withinMs);
    signal.addEventListener('abort', abort);
    request.on('response', (response) => {
      response.on('error', () => undefined).resume();
      settle({ is: 'status', status: response.statusCode ?? 0 });
    });
    request.on('upgrade', (response) => settle({ is: 'status', status: response.statusCode ?? 0 }));
    // Also after it is settled, when the request is let go.
    request.on('error', (error) => settle(failed(error)));
    if (signal.aborted) abort();
    else request.end();
  });
}

function failed(error: Error): Answer {
  if (!(error instanceof TunnelError)) {
    const hungUp = error.message === 'socket hang up';
    return { is: 'foreign', said: hungUp ? 'it closes the connection without an answer' : cut(error.message) };
  }
  if (error.failure === 'refused') return { is: 'refused' };
  return { is: 'unknown', passing: passing.has(error.failure) };
}
