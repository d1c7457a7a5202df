import { expect, test } from 'vitest';
import { signClaims } from './session-value.ts';
import type { Claims } from './session-value.ts';
import { unauthorized, who } from './who.ts';
import type { Doubt, Identity, Keeper, Place, Presented } from './who.ts';

const token = 't'.repeat(43);
const sessionKey = 'k'.repeat(43);
const now = 1_900_000_000_000;
const soon = now / 1000 + 60;
const ended = 'e'.repeat(22);
const keeper: Keeper = { rule: 'token', token, sessionKey, isEnded: (one) => one === ended, now: () => now };
const session = 's'.repeat(22);
const cookie = (claims: Partial<Claims>, key = sessionKey): string =>
  signClaims({ for: 'control', session, expires: soon, ...claims }, key);

const control: Place = { kind: 'control' };
const workspace: Place = { kind: 'workspace', id: 'w' };
const path: Place = { kind: 'path', id: 'w' };
const byToken: Identity = { kind: 'owner', by: 'token' };
const bySession: Identity = { kind: 'owner', by: 'session', session };
const bearer = `Bearer ${token}`;
const ofW = { for: { workspace: 'w' } };

type Shown = Partial<Omit<Presented, 'user'>> & { user?: number };
const rows: [string, Place, Shown, Identity | Doubt][] = [
  ['nothing', control, {}, 'none'],
  ['nothing', workspace, {}, 'none'],
  ['nothing', path, {}, 'none'],
  ['the token', control, { authorization: bearer }, byToken],
  ['the token, the scheme in other letters', control, { authorization: `bearer  ${token}` }, byToken],
  ['the token for the proxy', control, { proxyAuthorization: bearer }, byToken],
  ['the token', path, { authorization: bearer }, byToken],
  ['the token for the proxy', path, { proxyAuthorization: bearer }, byToken],
  ['the token for the proxy', workspace, { proxyAuthorization: bearer }, byToken],
  ["the token where it is the workspace's own header", workspace, { authorization: bearer }, 'none'],
  ['another token', control, { authorization: `Bearer ${'x'.repeat(43)}` }, 'wrong_token'],
  ['half the token', control, { authorization: `Bearer ${token.slice(1)}` }, 'wrong_token'],
  ['the token and more', control, { authorization: `${bearer} x` }, 'none'],
  ['another scheme', control, { authorization: 'Basic dDp0' }, 'none'],
  ['the bare token', control, { authorization: token }, 'none'],
  ['a session', control, { cookies: [cookie({})] }, bySession],
  ['a session of the control origin', path, { cookies: [cookie({})] }, bySession],
  ['a session of the control origin', workspace, { cookies: [cookie({})] }, 'wrong_place'],
  ["a workspace's session", workspace, { cookies: [cookie(ofW)] }, bySession],
  ["a workspace's session", path, { cookies: [cookie(ofW)] }, bySession],
  ["a workspace's session", control, { cookies: [cookie(ofW)] }, 'wrong_place'],
  ["another workspace's session", workspace, { cookies: [cookie({ for: { workspace: 'v' } })] }, 'wrong_place'],
  ["another workspace's session", path, { cookies: [cookie({ for: { workspace: 'v' } })] }, 'wrong_place'],
  ['a session that is over', control, { cookies: [cookie({ expires: now / 1000 })] }, 'expired'],
  ['a session that was ended', control, { cookies: [cookie({ session: ended })] }, 'ended'],
  ["another host's session", control, { cookies: [cookie({}, 'x'.repeat(43))] }, 'none'],
  ['a forged one', control, { cookies: ['e30.AAAA'] }, 'none'],
  ['a good one behind a bad one', control, { cookies: ['x', cookie({ expires: 1 }), cookie({})] }, bySession],
  ['a stale session and the token', control, { cookies: [cookie({ expires: 1 })], authorization: bearer }, byToken],
  ['a wrong token and a session', path, { authorization: 'Bearer of-the-app', cookies: [cookie({})] }, bySession],
  ['a session of this user', control, { cookies: [cookie({ user: 1000 })], user: 1000 }, bySession],
  ['a session of another user', control, { cookies: [cookie({ user: 1000 })], user: 65_534 }, 'other_user'],
  ['a session of another user', workspace, { cookies: [cookie({ ...ofW, user: 1000 })], user: 65_534 }, 'other_user'],
  ['a session whose user cannot be seen', control, { cookies: [cookie({ user: 1000 })] }, 'other_user'],
  ['a session for anybody', control, { cookies: [cookie({})], user: 65_534 }, bySession],
];

test.each(rows)('%s at %j', async (_what, place, { user, ...shown }, expected) => {
  const presented: Presented = {
    authorization: undefined,
    proxyAuthorization: undefined,
    cookies: [],
    user: () => Promise.resolve(user),
    ...shown,
  };
  const recognised = await who(place, presented, keeper);
  expect(recognised).toEqual(typeof expected === 'string' ? { doubt: expected } : { identity: expected });
  // With the rule off everybody is the owner, whatever is shown.
  expect(await who(place, presented, { ...keeper, rule: 'off' })).toEqual({ identity: { kind: 'owner', by: 'off' } });
});

test.each([
  [control, 'guildnet open"', '"Authorization: Bearer"'],
  [workspace, 'guildnet open w"', '"Proxy-Authorization: Bearer"'],
  [path, 'guildnet open w"', '"Authorization: Bearer"'],
])('who is turned away from %j is told what to do', (place, command, header) => {
  const error = unauthorized(place, 'none');
  expect(error).toMatchObject({ code: 'unauthorized', status: 401, details: { reason: 'none' } });
  expect(error.remedy).toContain(command);
  expect(error.remedy).toContain(header);
});
