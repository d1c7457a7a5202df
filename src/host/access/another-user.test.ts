import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test, vi } from 'vitest';
import { startHost } from '#test/host/started-host.ts';
import type { StartedHost } from '#test/host/started-host.ts';

vi.setConfig({ testTimeout: 60_000 });

/** Only root can become somebody else. */
const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
const nobody = 65_534;

/** What another local account tries, each on its own; it prints what came of it. It knows the CA, which is no secret. */
const attempts = `
const { readFileSync } = require('node:fs');
const { request } = require('node:https');
const given = JSON.parse(readFileSync(0, 'utf8'));
const { port, ca, tokenFile } = given;
const ask = (name, path, method = 'GET', headers = {}) => new Promise((done) => {
  const sent = request({ host: '127.0.0.1', port, path, method, ca, servername: name, agent: false,
    headers: { host: name + ':' + port, ...headers } });
  sent.on('response', (answer) => { answer.resume(); done(answer.statusCode); });
  sent.on('upgrade', (answer, socket) => { socket.destroy(); done('upgraded'); });
  sent.on('error', (error) => done(error.code));
  sent.end();
});
const socket = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13',
  'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==' };
const read = () => { try { return readFileSync(tokenFile, 'utf8'); } catch (error) { return error.code; } };
(async () => {
  const results = {
    list: await ask('localhost', '/api/servers'),
    watch: await ask('localhost', '/api/watch'),
    launch: await ask('localhost', '/api/jobs', 'POST', { 'content-type': 'application/json' }),
    remove: await ask('localhost', '/api/servers/w', 'DELETE'),
    link: await ask('localhost', '/api/links', 'POST'),
    metrics: await ask('localhost', '/metrics'),
    workspace: await ask('w.localhost', '/'),
    path: await ask('localhost', '/proxy/server/w/'),
    socket: await ask('w.localhost', '/', 'GET', socket),
    pathSocket: await ask('localhost', '/proxy/server/w/', 'GET', socket),
    token: read(),
    // What it might have stolen: a link off a command line, a cookie by a server on another port of localhost.
    link2: await ask('localhost', given.link),
    ticket: await ask('w.localhost', given.ticket),
    cookie: await ask('localhost', '/api/servers', 'GET', { cookie: given.cookie }),
    alive: await ask('localhost', '/healthz'),
  };
  process.stdout.write(JSON.stringify({ uid: process.getuid(), ...results }));
})();
`;

async function asNobody(input: object): Promise<unknown> {
  const child = spawn(process.execPath, ['-e', attempts], {
    uid: nobody,
    gid: nobody,
    cwd: '/',
    env: {},
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  child.stdin.end(JSON.stringify(input));
  const output = await text(child.stdout);
  await closed;
  return JSON.parse(output);
}

function pathOf(url: unknown): string {
  const { pathname, search } = new URL(String(url));
  return `${pathname}${search}`;
}

/** The session that the owner's own browser got by a link. */
async function signIn(started: StartedHost): Promise<string> {
  const answer = await started.ask(pathOf(started.host.signInLink()), { as: 'nobody' });
  return answer.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}

test.runIf(asRoot)('another user of this computer gets nothing, not even with a stolen cookie or ticket', async () => {
  await using started = await startHost();
  // Nothing but the file's own mode keeps it: the folders above are open.
  await chmod(started.home, 0o755);
  await chmod(join(started.home, 'state'), 0o755);
  const cookie = await signIn(started);
  expect((await started.ask('/api/cluster', { as: 'nobody', headers: { cookie } })).status).toBe(200);
  const results = await asNobody({
    port: started.port,
    ca: started.ca,
    tokenFile: join(started.home, 'state', 'token'),
    link: '/sign-in?code=guessed',
    ticket: '/?guildnet-ticket=guessed',
    cookie,
  });
  expect(results).toEqual({
    uid: nobody,
    list: 401,
    watch: 401,
    launch: 401,
    remove: 401,
    link: 401,
    metrics: 401,
    workspace: 401,
    path: 401,
    socket: 401,
    pathSocket: 401,
    token: 'EACCES',
    link2: 401,
    ticket: 401,
    cookie: 401,
    alive: 200,
  });
});
