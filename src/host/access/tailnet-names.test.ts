import { expect, test } from 'vitest';
import { askedHost, controlOrigins } from './host-names.ts';
import { requestFacts } from './request-facts.ts';
import { mayCallApi, mayReachWorkspace } from './request-policy.ts';
import type { TailnetNames } from './tailnet-names.ts';

const names: TailnetNames = {
  tailnetHosts: ['box.tail.test', '100.64.0.7', '[fd7a:115c:a1e0::7]'],
  askAt(port) {
    if (port === 20_001) return { kind: 'server', id: 'one' };
    if (port === 20_002) return { kind: 'server', id: 'one', port: 3_000 };
    return port === 20_003 ? { kind: 'server', id: 'two' } : undefined;
  },
};

test.each([
  ['box.tail.test', 'control'],
  ['BOX.tail.test', 'control'],
  ['box.tail.test:443', 'control'],
  ['100.64.0.7', 'control'],
  ['[fd7a:115c:a1e0::7]', 'control'],
  ['box.tail.test:20001', 'workspace'],
  ['100.64.0.7:20002', 'workspace'],
  ['[fd7a:115c:a1e0::7]:20003', 'workspace'],
  ['box.tail.test:20004', 'foreign'],
  ['box.tail.test:80', 'foreign'],
  ['box.tail.test:8080', 'foreign'],
  // What is this machine's own is nobody's in the tailnet, and neither is a stranger's name that leads here.
  ['localhost', 'foreign'],
  ['localhost:8080', 'foreign'],
  ['one.localhost:20001', 'foreign'],
  ['127.0.0.1', 'foreign'],
  ['evil.example', 'foreign'],
  ['box.tail.test.evil.example', 'foreign'],
  ['box', 'foreign'],
  ['100.64.0.8', 'foreign'],
  ['user@box.tail.test', 'foreign'],
  ['', 'foreign'],
  [undefined, 'foreign'],
])('%s is %s', (header, kind) => {
  expect(askedHost(header, names).kind).toBe(kind);
});

test.each([
  ['localhost', names, 'Its address in the tailnet is https://box.tail.test.'],
  ['box', { ...names, tailnetHosts: [] }, 'Ask whoever runs it for its name in the tailnet.'],
])('whoever asks for %s is told the name of the host, and not of their own machine', (header, known, remedy) => {
  const facts = requestFacts({ method: 'GET', headers: { host: header }, upgrade: false }, known);
  expect(mayCallApi(facts, undefined)).toMatchObject({ allowed: false, error: { code: 'forbidden', remedy } });
});

test('the control UI is at 443 of each name', () => {
  expect(controlOrigins(names)).toEqual(['https://box.tail.test', 'https://100.64.0.7', 'https://[fd7a:115c:a1e0::7]']);
});

const one = 'https://box.tail.test:20001';
const socket = { upgrade: true } as const;

test.each([
  ['the page itself', 'box.tail.test', { origin: 'https://box.tail.test' }, true],
  ['a page of a workspace', 'box.tail.test', { origin: one, 'sec-fetch-site': 'same-site' }, false],
  ['a script of a workspace, without CORS', 'box.tail.test', { 'sec-fetch-site': 'same-site' }, false],
  ['a program', 'box.tail.test', {}, true],
] as const)('the API is called by %s', (_who, host, headers, allowed) => {
  const facts = requestFacts({ method: 'GET', headers: { host, ...headers }, upgrade: false }, names);
  expect(mayCallApi(facts, undefined).allowed).toBe(allowed);
  expect(mayCallApi({ ...facts, ...socket }, undefined).allowed).toBe(allowed);
});

test.each([
  ['its own page', { origin: one }, true],
  ['its own page at another of its ports', { origin: 'https://box.tail.test:20002' }, true],
  ['a page of another workspace', { origin: 'https://box.tail.test:20003' }, false],
  ['the control page', { origin: 'https://box.tail.test' }, false],
  ['a page of its own, by another name of the host', { origin: 'https://100.64.0.7:20001' }, true],
  ['a page of this very port over plain http', { origin: 'http://box.tail.test:20001' }, false],
  ['a page of the machine that the browser runs on', { origin: 'https://one.localhost:20001' }, false],
] as const)('a WebSocket of a workspace is opened by %s: %s', (_who, headers, allowed) => {
  const facts = requestFacts(
    { method: 'GET', headers: { host: 'box.tail.test:20001', ...headers }, upgrade: true },
    names,
  );
  expect(mayReachWorkspace(facts).allowed).toBe(allowed);
});
