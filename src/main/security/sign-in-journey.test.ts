import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { closed, type Role } from './role.ts';
import { createSignInJourney, isProvider, leadsBack } from './sign-in-journey.ts';

const cs: Role = { kind: 'workspace', id: 'cs-1', url: 'https://cs-1.localhost:8080/' };
const byPath: Role = { kind: 'workspace', id: 'cs-1', url: 'https://localhost:8080/proxy/server/cs-1/' };
const ui: Role = { kind: 'ui', origin: 'app://guildnet' };
const own = encodeURIComponent('https://cs-1.localhost:8080/callback?a=1');
const saml = (acs: string): string =>
  encodeURIComponent(
    deflateRawSync(`<samlp:AuthnRequest ID="1" AssertionConsumerServiceURL="${acs}"/>`).toString('base64'),
  );

test.each([
  ['GitHub', cs, `https://github.com/login/oauth/authorize?client_id=a&redirect_uri=${own}`, true],
  ['GitLab', cs, `https://gitlab.com/oauth/authorize?response_type=code&client_id=a&redirect_uri=${own}`, true],
  ['Keycloak', cs, `https://sso.example/realms/a/protocol/openid-connect/auth?client_id=a&redirect_uri=${own}`, true],
  ['the end of a session', cs, `https://sso.example/logout?post_logout_redirect_uri=${own}`, true],
  ['CAS', cs, `https://cas.example/login?service=${own}`, true],
  ['a proxy that signs people in', cs, `https://auth.example/oauth2/start?rd=${own}`, true],
  [
    'another port of the workspace',
    cs,
    'https://a.example/?redirect_uri=https%3A%2F%2F5173--cs-1.localhost%3A8080%2F',
    true,
  ],
  [
    'VS Code',
    cs,
    `https://github.com/login/oauth/authorize?client_id=a&state=${encodeURIComponent(own)}&redirect_uri=https%3A%2F%2Fvscode.dev%2Fredirect`,
    true,
  ],
  ['SAML', cs, `https://idp.example/sso?SAMLRequest=${saml('https://cs-1.localhost:8080/saml')}`, true],
  ['SAML for somebody else', cs, `https://idp.example/sso?SAMLRequest=${saml('https://evil.example/saml')}`, false],
  ['SAML that is none', cs, 'https://idp.example/sso?SAMLRequest=%%%', false],
  ['a state without a client', cs, `https://a.example/?state=${own}`, false],
  ['a link that only mentions it', cs, `https://a.example/share?url=${own}`, false],
  [
    'an address that comes back to another workspace',
    cs,
    'https://a.example/?redirect_uri=https%3A%2F%2Fcs-2.localhost%3A8080%2F',
    false,
  ],
  [
    'one that comes back to the host',
    cs,
    'https://a.example/?redirect_uri=https%3A%2F%2Flocalhost%3A8080%2Fapi',
    false,
  ],
  [
    'one whose host begins alike',
    cs,
    'https://a.example/?redirect_uri=https%3A%2F%2Fcs-1.localhost.evil.example%3A8080%2F',
    false,
  ],
  ['one that comes back to script', cs, 'https://a.example/?redirect_uri=javascript%3Aalert(1)', false],
  ['one without any', cs, 'https://github.com/login', false],
  [
    'the own path, where paths tell workspaces apart',
    byPath,
    'https://a.example/?redirect_uri=https%3A%2F%2Flocalhost%3A8080%2Fproxy%2Fserver%2Fcs-1%2Fcb',
    true,
  ],
  [
    'the path of another there',
    byPath,
    'https://a.example/?redirect_uri=https%3A%2F%2Flocalhost%3A8080%2Fproxy%2Fserver%2Fcs-2%2Fcb',
    false,
  ],
  ['the UI', ui, `https://github.com/?redirect_uri=${own}`, false],
  ['a page without a role', closed, `https://github.com/?redirect_uri=${own}`, false],
] as const)('leads back: %s', (_what, role, url, wanted) => {
  expect(leadsBack(role, new URL(url))).toBe(wanted);
});

test('a request of SAML without end is not unpacked', () => {
  const huge = deflateRawSync(
    `<a AssertionConsumerServiceURL="https://cs-1.localhost:8080/"${' '.repeat(1_000_000)}/>`,
  );
  const url = new URL(`https://idp.example/?SAMLRequest=${encodeURIComponent(huge.toString('base64'))}`);
  expect(leadsBack(cs, url)).toBe(false);
});

test.each([
  ['over TLS', 'https://github.com/', true],
  ['without TLS', 'http://github.com/', false],
  ['a provider on this machine', 'http://localhost:8180/realms/a', true],
  ['the host itself', 'https://localhost:8080/', false],
  ['the host by its address', 'https://127.0.0.1:8080/', false],
  ['the host by its address of IPv6', 'https://[::1]:8080/', false],
  ['another workspace', 'https://cs-2.localhost:8080/', false],
  ['a program', 'vscode://x', false],
  ['a file', 'file:///etc/passwd', false],
])('provider: %s', (_what, url, wanted) => {
  expect(isProvider(cs, new URL(url))).toBe(wanted);
});

const authorise = `https://github.com/login/oauth/authorize?client_id=a&redirect_uri=${own}`;

test('a journey goes through other pages until it is home', () => {
  const journey = createSignInJourney(() => 0);
  expect(journey.mayGo(cs, 'https://github.com/login')).toBe(false);
  expect(journey.mayGo(cs, authorise)).toBe(true);
  expect(journey.mayGo(cs, 'https://github.com/login')).toBe(true);
  expect(journey.mayGo(cs, 'https://saml.corp.example/')).toBe(true);
  expect(journey.mayGo(cs, 'https://cs-2.localhost:8080/')).toBe(false);
  journey.end();
  expect(journey.mayGo(cs, 'https://github.com/login')).toBe(false);
});

test('a journey ends after a quarter of an hour', () => {
  let now = 0;
  const journey = createSignInJourney(() => now);
  expect(journey.mayGo(cs, authorise)).toBe(true);
  now = 15 * 60_000 + 1;
  expect(journey.mayGo(cs, 'https://github.com/login')).toBe(false);
});

test('a journey ends after forty steps', () => {
  const journey = createSignInJourney(() => 0);
  journey.begin();
  const steps = Array.from({ length: 60 }, () => journey.mayGo(cs, 'https://github.com/next'));
  expect(steps.filter(Boolean)).toHaveLength(40);
});
