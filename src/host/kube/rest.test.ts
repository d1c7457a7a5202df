import { once } from 'node:events';
import { createServer } from 'node:http';
import type { OutgoingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { plainAccess } from '#test/plain-access.ts';
import { createRest } from './rest.ts';
import type { Rest } from './rest.ts';
import { createTransport } from './transport.ts';

type Answer = [status: number, headers?: OutgoingHttpHeaders];

/** A server that gives one answer after the other, and the last one for ever. */
async function setting(...answers: [Answer, ...Answer[]]): Promise<{ rest: Rest; asked: () => number }> {
  let asked = 0;
  const server = createServer((request, response) => {
    const [status, headers = {}] = answers[Math.min(asked, answers.length - 1)] ?? answers[0];
    asked += 1;
    request.resume();
    response.writeHead(status, headers).end(JSON.stringify({ status }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const transport = createTransport(plainAccess(`http://127.0.0.1:${String(port)}`));
  onTestFinished(() => {
    transport.close();
    server.close();
  });
  return { rest: createRest(transport), asked: () => asked };
}

const busy: Answer = [429, { 'retry-after': '0' }];

test('a server that is too busy is asked again after the time that it says', async () => {
  const { rest, asked } = await setting(busy, busy, [200]);
  await expect(rest.json('PATCH', '/x', { body: {} })).resolves.toEqual({ status: 200 });
  expect(asked()).toBe(3);
});

test('one that stays busy is given up', async () => {
  const { rest, asked } = await setting(busy);
  await expect(rest.json('GET', '/x')).rejects.toMatchObject({ status: 429 });
  expect(asked()).toBe(10);
});

test.each<[string, Answer]>([
  ['a 429 that does not say for how long', [429]],
  ['a wait of an hour', [429, { 'retry-after': '3600' }]],
  ['a date to wait for', [429, { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }]],
  ['another refusal', [503, { 'retry-after': '0' }]],
])('%s is for the caller to decide about', async (_what, answer) => {
  const { rest, asked } = await setting(answer);
  await expect(rest.json('GET', '/x')).rejects.toMatchObject({ status: answer[0] });
  expect(asked()).toBe(1);
});

test('a wait ends with its signal', async () => {
  const { rest, asked } = await setting([429, { 'retry-after': '10' }]);
  const ending = new AbortController();
  const asking = rest.json('GET', '/x', { signal: ending.signal });
  setTimeout(() => ending.abort(), 50);
  await expect(asking).rejects.toMatchObject({ name: 'AbortError' });
  expect(asked()).toBe(1);
});
