import { expect, test } from 'vitest';
import { startFront } from '#test/proxy/front.ts';
import { startHostileServer } from '#test/proxy/hostile-server.ts';
import { openRaw } from '#test/proxy/raw-client.ts';

test.each([
  ['a length', 'Content-Length: 5'],
  ['chunks', 'Transfer-Encoding: chunked'],
])('a workspace hears of a request with %s before its body comes, and may answer then', async (_what, framing) => {
  await using server = await startHostileServer((head) =>
    head.startsWith('POST /early ')
      ? { bytes: Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'), after: 'stay' }
      : undefined,
  );
  await using front = await startFront(server.port);
  const client = await openRaw(front);
  const outcome = await client.ask({
    bytes: `POST /early HTTP/1.1\r\nHost: ${front.authority('w')}\r\n${framing}\r\n\r\n`,
    patience: 30_000,
  });
  client.close();
  expect(outcome).toMatchObject({ kind: 'complete', head: { status: 200 } });
});
