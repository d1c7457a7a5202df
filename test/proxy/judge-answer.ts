import { waitUntil } from '#local-cluster/wait-until.ts';
import type { AnswerCase, Right } from './answers/answer-case.ts';
import { startFront } from './front.ts';
import type { Front } from './front.ts';
import { startHostileServer } from './hostile-server.ts';
import type { HostileServer, Play } from './hostile-server.ts';
import { describe, openRaw } from './raw-client.ts';
import type { Outcome, RawRequest } from './raw-client.ts';
import { valuesOf } from './strict-response.ts';

const wellBehaved: Play = {
  bytes: Buffer.from('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 4\r\n\r\nwell'),
  after: 'end',
};
/** Milliseconds in which what is over has to be let go. */
const soon = 3_000;

/** Judges what becomes of answers, one at a time. */
export interface AnswerJudge extends AsyncDisposable {
  front: Front;
  server: HostileServer;
  /** What is wrong with how the host took this one; nothing when all is well. */
  judge(answer: AnswerCase): Promise<string[]>;
}

/** `faults` returns the errors that nobody has handled since it was last asked: they would have ended the host. */
export async function startAnswerJudge(faults: () => unknown[]): Promise<AnswerJudge> {
  let current: AnswerCase | undefined;
  const server = await startHostileServer((head) => {
    if (/^\S+ \/well /.test(head)) return wellBehaved;
    if (current === undefined || (head === '' && current.early !== true)) return undefined;
    return playOf(current);
  });
  const front = await startFront(server.port, { limits: { answerMs: 1_500, upgradeMs: 1_500 } });

  async function judge(answer: AnswerCase): Promise<string[]> {
    const problems: string[] = [];
    current = answer;
    const client = await openRaw(front);
    const outcome = await client.ask(requestOf(answer, front));
    if (!answer.right.some((right) => fits(outcome, client.rest, right))) problems.push(`seen: ${describe(outcome)}`);
    if (answer.ask === 'http/1.0' && 'head' in outcome && outcome.head !== undefined) {
      if (valuesOf(outcome.head.fields, 'transfer-encoding').length > 0) problems.push('chunks for an HTTP/1.0 client');
    }
    current = undefined;
    const next =
      client.ended || answer.ask !== undefined || outcome.kind !== 'complete' ? await openRaw(front) : client;
    const well = await next.ask({ bytes: `GET /well HTTP/1.1\r\nHost: ${front.authority('w')}\r\n\r\n` });
    if (well.kind !== 'complete' || String(well.body) !== 'well') problems.push(`the next request: ${describe(well)}`);
    client.close();
    next.close();
    if (answer.keeps === true) front.closeTunnels();
    try {
      await waitUntil(() => Promise.resolve(server.connections === 0 && front.tunnels === 0 ? true : undefined), {
        what: 'all connections to be let go',
        timeoutMs: soon,
      });
    } catch {
      problems.push(`left over: ${server.connections} connections, ${front.tunnels} tunnels`);
      front.closeTunnels();
    }
    for (const fault of faults()) problems.push(`not handled: ${String(fault)}`);
    return problems;
  }

  return {
    front,
    server,
    judge,
    async [Symbol.asyncDispose]() {
      await front[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** What a server does that says this. */
export function playOf({ answer, after = 'end', early, drip }: AnswerCase): Play {
  const bytes = Buffer.from(answer, 'latin1');
  return {
    bytes,
    after,
    ...(early === undefined ? {} : { early }),
    ...(drip === true ? { pieces: Array<number>(bytes.length).fill(1) } : {}),
  };
}

function requestOf({ ask = 'get' }: AnswerCase, front: Front): RawRequest {
  const host = `Host: ${front.authority('w')}\r\n`;
  switch (ask) {
    case 'get':
      return { bytes: `GET /case HTTP/1.1\r\n${host}\r\n` };
    case 'head':
      return { bytes: `HEAD /case HTTP/1.1\r\n${host}\r\n`, head: true };
    case 'http/1.0':
      return { bytes: `GET /case HTTP/1.0\r\n${host}\r\n` };
    case 'post':
      return { bytes: `POST /case HTTP/1.1\r\n${host}Content-Length: 1000000\r\n\r\n${'x'.repeat(1_000_000)}` };
    case 'upgrade':
      return {
        bytes: `GET /case HTTP/1.1\r\n${host}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
        upgrade: true,
      };
  }
}

function fits(outcome: Outcome, rest: Buffer, right: Right): boolean {
  if (outcome.kind === 'broken off') {
    if (right.kind === 'cut') return outcome.head === undefined;
    return (
      right.kind === 'broken off' &&
      outcome.head?.status === right.status &&
      right.body.startsWith(outcome.body.toString('latin1'))
    );
  }
  if (outcome.kind !== 'complete') return false;
  const { status, fields } = outcome.head;
  const body = outcome.body.toString('latin1');
  switch (right.kind) {
    case 'refused':
      return status === right.status && body.includes(status === 504 ? '"code":"timeout"' : '"code":"upstream_failed"');
    case 'upgraded':
      return status === 101 && right.bytes.startsWith(rest.toString('latin1'));
    case 'passes':
      return (
        status === right.status &&
        body === (right.body ?? body) &&
        Object.entries(right.fields ?? {}).every(
          ([name, values]) => JSON.stringify(valuesOf(fields, name)) === JSON.stringify(values),
        )
      );
    case 'broken off':
    case 'cut':
      return false;
  }
}
