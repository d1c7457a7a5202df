import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLog } from '../observability/log.ts';
import { openAccess } from './access.ts';
import type { Access } from './access.ts';

const log = createLog({ level: 'silent' });
const control = { kind: 'control' } as const;
let folder: string;
/** Whose the connections are that come now. */
let user: number | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guildnet-access-'));
  user = 1000;
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const open = (): Promise<Access> => openAccess(folder, { rule: 'token', peerUser: () => Promise.resolve(user), log });

function request(cookie?: string): IncomingMessage {
  const message = new IncomingMessage(new Socket());
  if (cookie !== undefined) message.headers.cookie = cookie.split(';')[0] ?? '';
  return message;
}

test('a host that was killed and started again knows its sessions, and its sign-outs', async () => {
  const before = await open();
  const cookie = await before.redeem(before.makeCode('control').code, request(), control);
  const unused = before.makeCode('control').code;
  const after = await open();
  const recognised = await after.identify(request(cookie), control);
  expect(recognised).toMatchObject({ identity: { by: 'session' } });
  // Links are of minutes, and are made anew.
  expect(await after.redeem(unused, request(), control)).toBeUndefined();
  if ('identity' in recognised) await after.end(recognised.identity.session ?? '');
  expect(await (await open()).identify(request(cookie), control)).toEqual({ doubt: 'ended' });
});

test("a session is the user's whose connection began it, and a link the user's who asked for it", async () => {
  const access = await open();
  const cookie = await access.redeem(access.makeCode('control').code, request(), control);
  const mine = access.makeCode('control', { user: 1000 }).code;
  user = 65_534;
  expect(await access.identify(request(cookie), control)).toEqual({ doubt: 'other_user' });
  expect(await access.redeem(mine, request(), control)).toBeUndefined();
  user = undefined;
  expect(await access.redeem(mine, request(), control)).toBeUndefined();
  user = 1000;
  expect(await access.redeem(mine, request(), control)).toBeDefined();
  expect(await access.ordinaryUser(request())).toBe(1000);
  // Root hands links to others, who then are the ones.
  user = 0;
  expect(await access.ordinaryUser(request())).toBeUndefined();
});

test('a ticket for one workspace is none for another, nor a way to sign in', async () => {
  const access = await open();
  const { code } = access.makeCode({ workspace: 'w' });
  expect(await access.redeem(code, request(), control)).toBeUndefined();
  expect(await access.redeem(code, request(), { kind: 'workspace', id: 'v' })).toBeUndefined();
  expect(await access.redeem(code, request(), { kind: 'workspace', id: 'w' })).toContain('Partitioned');
  const link = access.makeCode('control').code;
  expect(await access.redeem(link, request(), { kind: 'workspace', id: 'w' })).toBeUndefined();
});
