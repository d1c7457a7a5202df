import { connect } from 'node:http2';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { allAnswers } from '#test/proxy/answers/all.ts';
import type { AnswerCase } from '#test/proxy/answers/answer-case.ts';
import { startFront } from '#test/proxy/front.ts';
import type { Front } from '#test/proxy/front.ts';
import { startHostileServer } from '#test/proxy/hostile-server.ts';
import type { HostileServer } from '#test/proxy/hostile-server.ts';
import { playOf } from '#test/proxy/judge-answer.ts';
import { watchUnhandled } from '#test/proxy/unhandled.ts';

// The same corpus as browsers meet it, by HTTP/2, whose implementation refuses to send what HTTP/1.1 can say.

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const unhandled = watchUnhandled();
let current: AnswerCase | undefined;
let server: HostileServer;
let front: Front;
beforeAll(async () => {
  server = await startHostileServer((head) =>
    current === undefined || (head === '' && current.early !== true) ? undefined : playOf(current),
  );
  front = await startFront(server.port, { limits: { answerMs: 1_500, upgradeMs: 1_500 } });
});
afterAll(async () => {
  await front[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
  unhandled[Symbol.dispose]();
});

/** The status that a client is given; `cut` where the stream, or all of the connection, ended without one. */
async function ask(method: string): Promise<number | 'cut'> {
  const session = connect(`https://127.0.0.1:${String(front.port)}`, {
    ca: front.ca,
    servername: 'w.localhost',
    maxHeaderListPairs: 10_000,
    settings: { maxHeaderListSize: 1_000_000 },
  });
  const { promise, resolve } = Promise.withResolvers<number | 'cut'>();
  let seen: number | 'cut' = 'cut';
  const over = (): void => resolve(seen);
  session.once('error', over);
  const stream = session.request({ ':method': method, ':path': '/case', ':authority': front.authority('w') });
  stream.once('error', over).once('close', over);
  stream.once('response', ({ ':status': status }) => {
    seen = status ?? 'cut';
    // With what comes after the body, unless that has no end.
    if (current?.after === 'repeat' || current?.after === 'stay') over();
    else stream.resume();
  });
  try {
    return await promise;
  } finally {
    session.destroy();
  }
}

/** What Node's HTTP/2 does not send; it ends the stream. */
const tooLong = 65_536;
const { upgrades: _upgrades, ...plain } = allAnswers;

describe.each(Object.entries(plain))('%s', (_group, answers) => {
  test.each(answers)('$what', async (answer) => {
    current = answer;
    const status = await ask(answer.ask === 'head' ? 'HEAD' : 'GET');
    const right = answer.right.map((one): number | 'cut' => ('status' in one ? one.status : 'cut'));
    if (answer.answer.length > tooLong) right.push('cut');
    expect(right).toContain(status);
    front.closeTunnels();
    await expect.poll(() => front.tunnels).toBe(0);
    expect(unhandled.take()).toEqual([]);
  });
});
