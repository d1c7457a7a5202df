import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import type { z } from 'zod';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { createNamespace } from '#test/create-namespace.ts';
import type { CreatedNamespace } from '#test/create-namespace.ts';
import type { Lesson } from '#test/hostile/taught-server.ts';
import { createTaughtWorkspace, taughtPorts, taughtState } from '#test/hostile/taught-workspace.ts';
import { worstAnswers } from '#test/proxy/answers/worst.ts';
import type { AnswerCase } from '#test/proxy/answers/answer-case.ts';
import type { FrontAddress } from '#test/proxy/front.ts';
import { requestOf } from '#test/proxy/http1-asking.ts';
import { fits, playOf } from '#test/proxy/judge-answer.ts';
import { describe as inWords, openRaw } from '#test/proxy/raw-client.ts';
import { watchUnhandled } from '#test/proxy/unhandled.ts';
import { startHost } from '#test/host/started-host.ts';
import type { StartedHost } from '#test/host/started-host.ts';

// The worst of what hostile-answers.test.ts has, said by a raw server in a real pod: over node, API server and SPDY.

vi.setConfig({ testTimeout: 120_000 });

const id = 'taught';
const { hostile } = taughtPorts;
/** Milliseconds for an answer on a machine that does much else besides; nothing of it is waited for in vain. */
const patience = 60_000;

const unhandled = watchUnhandled();
let namespace: CreatedNamespace;
let started: StartedHost;
let front: FrontAddress;
let credentials: string;

beforeAll(async () => {
  namespace = await createNamespace(inject('kubeconfigPath'));
  started = await startHost({ kubeconfigPath: namespace.kubeconfigPath, namespace: namespace.name });
  await started.reached('online');
  await createTaughtWorkspace(namespace, id);
  const port = String(started.port);
  front = { port: started.port, ca: started.ca, authority: () => `${String(hostile)}--${id}.localhost:${port}` };
  credentials = `Proxy-Authorization: Bearer ${started.token}\r\n`;
  await waitUntil(async () => (await started.ask(`https://${id}.localhost/`)).status === 200, {
    what: 'the workspace to answer',
    timeoutMs: patience,
  });
});
afterAll(async () => {
  await started[Symbol.asyncDispose]();
  await namespace[Symbol.asyncDispose]();
  unhandled[Symbol.dispose]();
});

/** Teaches it what to say to the next connections; with nothing, tells how it stands. */
async function teach(lesson?: Lesson): Promise<z.infer<typeof taughtState>> {
  const taught = lesson === undefined ? {} : { method: 'PUT', body: JSON.stringify(lesson) };
  return taughtState.parse((await started.ask(`https://${id}.localhost/`, taught)).json());
}

function lessonOf(answer: AnswerCase): Lesson {
  const { bytes, after, early = false } = playOf(answer);
  return { bytes: bytes.toString('base64'), after, early };
}

test.each(worstAnswers)('$what', async (answer) => {
  const before = await teach(lessonOf(answer));
  const client = await openRaw(front, `${String(hostile)}--${id}`);
  const outcome = await client.ask({ ...requestOf(answer, front, credentials), patience });
  const right = answer.right.some((one) => fits(outcome, client.rest, one));
  client.close();
  expect(right ? 'right' : inWords(outcome)).toBe('right');
  // It was asked, and has been left alone since: no tunnel ends later than its exchange, but for those that are kept for some seconds.
  await waitUntil(async () => (await teach()).connections === 0, {
    what: 'all tunnels to be let go',
    timeoutMs: patience,
  });
  if (answer.early !== true) expect((await teach()).heard).toBeGreaterThan(before.heard);
  expect(unhandled.take().map(String)).toEqual([]);
});
