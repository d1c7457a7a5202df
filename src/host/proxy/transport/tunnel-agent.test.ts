import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { createAuthority, openAuthority } from '../../certs/authority.ts';
import { TunnelAgent } from './tunnel-agent.ts';

test.each([
  ['3000--cs.localhost', '3000--cs.localhost'],
  ['', 'no name'],
])('a TLS server is asked for %j', async (serverName, expected) => {
  const pair = await openAuthority(await createAuthority()).issue(['unrelated.localhost']);
  const server = createServer(pair, (incoming, response) => {
    const { servername } = incoming.socket as TLSSocket & { servername?: string | false };
    response.end(typeof servername === 'string' ? servername : 'no name');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const agent = new TunnelAgent({
    open: () => connect(port, '127.0.0.1'),
    scheme: 'https',
    serverName,
    keepAlive: false,
  });
  const outgoing = request({ agent, protocol: agent.protocol, path: '/' });
  outgoing.end();
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
  expect(await text(answer)).toBe(expected);
  agent.destroy();
  await new Promise((resolve) => server.close(resolve));
});
