import { describe, expect, test } from 'vitest';
import { clusterProblem, interactiveModeOf, serverUrl, userProblem } from './check-entries.ts';
import type { ClusterFields, ExecFields, UserFields } from './schema.ts';

test.each<[string, ClusterFields, string | undefined]>([
  ['an address', { server: 'https://c' }, undefined],
  ['none', {}, 'server'],
  ['another protocol', { server: 'ftp://c' }, 'server'],
  ['a proxy', { server: 'https://c', 'proxy-url': 'socks5://u:p@h:1080' }, undefined],
  ['an empty proxy', { server: 'https://c', 'proxy-url': '' }, undefined],
  ['a proxy of another protocol', { server: 'https://c', 'proxy-url': 'ftp://h' }, 'proxy-url'],
  ['a proxy without scheme', { server: 'https://c', 'proxy-url': 'h:3128' }, 'proxy-url'],
  [
    'two authorities',
    { server: 'https://c', 'certificate-authority': 'f', 'certificate-authority-data': 'eA==' },
    'certificate-authority-data',
  ],
  [
    'an authority that is not asked',
    { server: 'https://c', 'certificate-authority': 'f', 'insecure-skip-tls-verify': true },
    'insecure-skip-tls-verify',
  ],
])('a cluster with %s', (_what, fields, field) => {
  expect(clusterProblem(fields)?.field).toBe(field);
});

const exec = (fields: Partial<ExecFields>): UserFields => ({
  exec: { command: 'x', apiVersion: 'client.authentication.k8s.io/v1', interactiveMode: 'Never', ...fields },
});

test.each<[string, UserFields, string | undefined]>([
  ['nothing', {}, undefined],
  ['a token and its file', { token: 't', tokenFile: 'f' }, undefined],
  ['a token and a password', { token: 't', username: 'u' }, 'token'],
  ['a token file and a password', { tokenFile: 't', password: 'u' }, 'token'],
  ['a token of two lines', { token: 'a\nb' }, 'token'],
  ['a certificate without key', { 'client-certificate': 'f' }, 'client-key'],
  [
    'two certificates',
    { 'client-certificate': 'f', 'client-certificate-data': 'eA==', 'client-key': 'k' },
    'client-certificate-data',
  ],
  ['two keys', { 'client-certificate': 'f', 'client-key-data': 'eA==', 'client-key': 'k' }, 'client-key-data'],
  ['a key alone', { 'client-key': 'k' }, undefined],
  ['somebody else’s groups', { 'as-groups': ['g'] }, 'as'],
  ['somebody else', { as: 'jane', 'as-uid': '1', 'as-groups': ['g'], 'as-user-extra': { k: ['v'] } }, undefined],
  ['a program', exec({}), undefined],
  ['a program without command', exec({ command: '' }), 'exec.command'],
  ['a program without version', exec({ apiVersion: null }), 'exec.apiVersion'],
  ['a program of an old version', exec({ apiVersion: 'client.authentication.k8s.io/v1alpha1' }), 'exec.apiVersion'],
  ['a program with a variable without name', exec({ env: [{ value: 'v' }] }), 'exec.env'],
  ['a program of which nobody knows whether it asks', exec({ interactiveMode: null }), 'exec.interactiveMode'],
  ['a program that asks in a way of its own', exec({ interactiveMode: 'Sometimes' }), 'exec.interactiveMode'],
  ['a program and a provider', { ...exec({}), 'auth-provider': { name: 'oidc' } }, 'exec'],
])('a user with %s', (_what, fields, field) => {
  expect(userProblem(fields)?.field).toBe(field);
});

test('a program of v1beta1 may be asked without a terminal', () => {
  expect(interactiveModeOf({ apiVersion: 'client.authentication.k8s.io/v1beta1' })).toBe('IfAvailable');
});

describe('the address of a server', () => {
  test.each([
    ['https://c:6443', 'https://c:6443/'],
    ['https://c/k8s/clusters/x?a=b#c', 'https://c/k8s/clusters/x'],
    ['https://[::1]:6443', 'https://[::1]:6443/'],
    ['localhost:8080', 'http://localhost:8080/'],
    ['c.example', 'http://c.example/'],
    ['c.example/', 'http://c.example/'],
    ['c.example/path', undefined],
    ['https://', undefined],
  ])('%s', (text, url) => {
    expect(serverUrl(text)?.href).toBe(url);
  });
});
