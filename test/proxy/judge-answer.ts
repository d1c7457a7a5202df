import { waitUntil } from '#local-cluster/wait-until.ts';
import type { AnswerCase, Right } from './answers/answer-case.ts';
import type { OpenAsking } from './asking.ts';
import { startFront } from './front.ts';
import type { Front } from './front.ts';
import { startHostileServer } from './hostile-server.ts';
import type { HostileServer, Play } from './hostile-server.ts';
import { describe } from './raw-client.ts';
import type { Outcome } from './raw-client.ts';
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

/** `open` makes the client; `faults` returns the errors that nobody has handled since it was last asked: they would have ended the host. */
export async function startAnswerJudge(open: OpenAsking, faults: () => unknown[]): Promise<AnswerJudge> {
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
    const client = await open(front);
    const { outcome, rest } = await client.ask(answer);
    if (!answer.right.some((right) => fits(outcome, rest, right))) problems.push(`seen: ${describe(outcome)}`);
    if (answer.ask === 'http/1.0' && 'head' in outcome && outcome.head !== undefined) {
      if (valuesOf(outcome.head.fields, 'transfer-encoding').length > 0) problems.push('chunks for an HTTP/1.0 client');
    }
    current = undefined;
    const well = await client.next();
    if (well.kind !== 'complete' || String(well.body) !== 'well') problems.push(`the next request: ${describe(well)}`);
    client.close();
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

/** Whether this is one of the right ways to see the answer. */
export function fits(outcome: Outcome, rest: Buffer, right: Right): boolean {
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
