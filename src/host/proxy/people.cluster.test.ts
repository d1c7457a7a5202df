import { once } from 'node:events';
import { Agent, request as httpsRequest } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { WorkspaceSpec } from '#contract/workspace.ts';
import { workspaceGroup, workspacePlural, workspaceVersion } from '#contract/workspace.ts';
import { createNamespace } from '#test/create-namespace.ts';
import type { TestNamespace } from '#test/create-namespace.ts';
import { createWorkspace } from '#test/create-workspace.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { startHost } from '#test/host/started-host.ts';
import type { StartedHost } from '#test/host/started-host.ts';

// Programs as people write them: each answered otherwise through GuildNet than it does by itself, or not at all.

const patience = 90_000;
let namespace: TestNamespace & AsyncDisposable;
let started: StartedHost;

beforeAll(async () => {
  namespace = await createNamespace(inject('kubeconfigPath'));
  started = await startHost({ kubeconfigPath: namespace.kubeconfigPath, namespace: namespace.name });
  await started.reached('online');
});
afterAll(async () => {
  await started[Symbol.asyncDispose]();
  await namespace[Symbol.asyncDispose]();
});

/** A workspace that runs this program of Node's on port 3000, once it runs, or fails with the reason `until`. Disposing of it takes it away. */
async function program(
  name: string,
  source: string,
  { until, ...more }: Partial<WorkspaceSpec> & { until?: string } = {},
) {
  const collection = {
    group: workspaceGroup,
    version: workspaceVersion,
    plural: workspacePlural,
    namespace: namespace.name,
  };
  const spec = {
    image: 'guildnet.local/code-server:4.139.1',
    command: ['/opt/node/bin/node', '-e'],
    args: [source],
    ports: [{ containerPort: 3000, name: 'web' }],
    resources: { requests: { cpu: '1m', memory: '16Mi' } },
    ...more,
  };
  await createWorkspace(namespace, name, spec);
  const server = () => started.host.client.workspaces.get({ id: name }).catch(() => undefined);
  const isThere = async (): Promise<boolean> => {
    const { phase, failure } = (await server()) ?? {};
    return until === undefined ? phase === 'Running' : failure?.reason === until;
  };
  await waitUntil(isThere, {
    what: `${name} to run`,
    timeoutMs: patience,
    explain: async () => JSON.stringify(await server()),
  });
  return {
    at: (path: string): string => `https://${name}.localhost${path}`,
    log: async (): Promise<string> => {
      const { items } = await namespace.core.listNamespacedPod({
        namespace: namespace.name,
        labelSelector: `guildnet.io/id=${name}`,
      });
      const pod = items[0]?.metadata?.name ?? '';
      return namespace.core.readNamespacedPodLog({ namespace: namespace.name, name: pod });
    },
    async [Symbol.asyncDispose]() {
      await namespace.custom.deleteNamespacedCustomObject({ ...collection, name });
    },
  };
}

const server = (handler: string): string => `require('http').createServer(${handler}).listen(3000)`;

test('what the program finds: its port, a home to write to, room in shared memory', async () => {
  await using seen = await program(
    'what-it-finds',
    server(
      `(q,s)=>s.end(require('child_process').execSync('echo PORT=$PORT; touch ~/x && echo writable; df -m --output=size /dev/shm | tail -1').toString())`,
    ),
  );
  const [port, home, shared] = (await started.ask(seen.at('/'))).text.split('\n');
  expect([port, home]).toEqual(['PORT=3000', 'writable']);
  expect(Number(shared)).toBeGreaterThan(1024);
});

test('a port whose name begins with http is spoken to in HTTP', async () => {
  await using seen = await program('httpstat', server(`(q,s)=>s.end('ok')`), {
    ports: [{ containerPort: 3000, name: 'httpstat' }],
  });
  expect((await started.ask(seen.at('/'))).text).toBe('ok');
});

test('a DELETE keeps its body, which never becomes a request of its own', async () => {
  await using seen = await program(
    'deletes',
    server(
      `(q,s)=>{let n=0;if(q.headers['user-agent']?.startsWith('kube-probe')!==true)console.log(q.method,q.url);q.on('data',d=>n+=d.length);q.on('end',()=>s.end(q.method+' '+n))}`,
    ),
  );
  const agent = new Agent({ keepAlive: true, ca: started.ca });
  const smuggled = 'GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n';
  for (const body of ['hello', smuggled]) {
    const where = started.to(seen.at('/thing'));
    const request = httpsRequest({
      ...where,
      agent,
      method: 'DELETE',
      headers: { ...where.headers, 'transfer-encoding': 'chunked' },
    });
    request.end(body);
    const [answer] = (await once(request, 'response')) as [IncomingMessage];
    expect(await text(answer)).toBe(`DELETE ${String(body.length)}`);
  }
  agent.destroy();
  expect((await started.ask(seen.at('/last'))).text).toBe('GET 0');
  expect((await seen.log()).trim().split('\n')).toEqual(['DELETE /thing', 'DELETE /thing', 'GET /last']);
});

test('many large cookies in one answer arrive', async () => {
  await using seen = await program(
    'cookies',
    server(
      `(q,s)=>{if(q.url==='/big')s.setHeader('set-cookie',Array.from({length:8},(_,i)=>'c'+i+'='+'a'.repeat(3000)));s.end('ok')}`,
    ),
  );
  const where = started.to(seen.at('/big'));
  const request = httpsRequest({ ...where, maxHeaderSize: 65_536 });
  request.end();
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  answer.resume();
  expect([answer.statusCode, answer.headers['set-cookie']?.length]).toEqual([200, 8]);
  expect(answer.headers['set-cookie']?.every((cookie) => cookie.includes('a'.repeat(3000)))).toBe(true);
});

test('every POST arrives at a server that closes idle connections after a second', async () => {
  await using seen = await program(
    'closes-idle',
    `const s=require('http').createServer((q,r)=>{q.resume();q.on('end',()=>r.end('ok'))});s.keepAliveTimeout=1000;s.keepAliveTimeoutBuffer=0;s.listen(3000)`,
  );
  // Around the moment of closing, where a kept tunnel may or may not be one any more.
  const pauses = [900, 950, 980, 1000, 1010, 1020, 1050, 1100, 1300, 1500, 1900, 2000];
  const statuses: number[] = [];
  for (const pause of pauses) {
    await delay(pause);
    statuses.push((await started.ask(seen.at('/'), { method: 'POST', body: 'x' })).status);
  }
  expect(statuses).toEqual(pauses.map(() => 200));
});

test('a redirect to the port inside comes back to where the browser is', async () => {
  await using seen = await program(
    'inner-port',
    server(
      `(q,s)=>{const h=q.headers.host.split(':')[0];q.url==='/dir'?(s.writeHead(301,{location:'http://'+h+':3000/dir/'}),s.end()):s.end('ok '+q.url)}`,
    ),
  );
  const answer = await started.ask(seen.at('/dir'));
  expect([answer.status, answer.headers.location]).toEqual([
    301,
    `https://inner-port.localhost:${String(started.port)}/dir/`,
  ]);
});

test('a program that listens on the pod’s own address alone, where no tunnel comes out, is asked by way of the API server', async () => {
  await using seen = await program(
    'pod-address',
    `const a=Object.values(require('os').networkInterfaces()).flat().find(i=>!i.internal&&i.family==='IPv4').address;require('http').createServer((q,s)=>s.end('ok '+q.url)).listen(3000,a)`,
    { until: 'PodAddressOnly' },
  );
  const { status, text: body } = await started.ask(seen.at('/a?b'));
  expect([status, body]).toEqual([200, 'ok /a?b']);
  // Upgrades do not pass there: it is said and not broken.
  const upgrade = { connection: 'upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' };
  const refused = await started.ask(seen.at('/'), {
    headers: { ...upgrade, 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==', accept: 'application/json' },
  });
  expect(refused.status).toBe(501);
  expect(refused.text).toContain('WebSockets do not get to port 3000');
  expect(refused.text).toContain('0.0.0.0');
});

test('a page that allows itself alone to frame it is framed by GuildNet too, and by nobody else', async () => {
  await using seen = await program(
    'framed',
    server(
      `(q,s)=>{s.setHeader('content-security-policy',"frame-ancestors 'self'");s.setHeader('x-frame-options','SAMEORIGIN');s.end('<h1>lab</h1>')}`,
    ),
  );
  const asFrame = { 'sec-fetch-dest': 'iframe', 'sec-fetch-mode': 'navigate', 'sec-fetch-site': 'cross-site' };
  const { headers, status } = await started.ask(seen.at('/'), {
    headers: { ...asFrame, referer: `https://localhost:${String(started.port)}/` },
  });
  expect([status, headers['x-frame-options']]).toEqual([200, undefined]);
  const policy = String(headers['content-security-policy']);
  expect(policy).toMatch(/frame-ancestors [^;]*https:\/\/localhost:\d+/);
  expect(policy).not.toMatch(/frame-ancestors[^;]*\*/);
  expect((await started.ask(seen.at('/'), { headers: { ...asFrame, referer: 'https://other.test/' } })).status).toBe(
    403,
  );
});
