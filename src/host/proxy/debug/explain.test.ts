import { describe, expect, test } from 'vitest';
import { GuildNetError } from '#contract/errors.ts';
import type { ProxyQuestion } from '#contract/proxy-debug.ts';
import { proxyAnswerSchema } from '#contract/proxy-debug.ts';
import { loopbackName } from '../../access/loopback-names.ts';
import type { ProxyTarget } from '../target.ts';
import { createProxyDebug } from './explain.ts';

const pod: ProxyTarget = {
  namespace: 'ns',
  pod: 'p',
  podUid: 'u',
  port: 3000,
  scheme: 'http',
  serverName: 'cs.localhost',
};
const outside: ProxyTarget = {
  kind: 'direct',
  host: 'nas.example',
  address: '10.0.0.9',
  anyRange: false,
  port: 443,
  scheme: 'https',
  serverName: 'nas.example',
};

const debug = createProxyDebug({
  names: () => ({ port: 8080, listenHost: '127.0.0.1', allowedHosts: [] }),
  routes: () => ({
    originMode: 'host',
    ownOrigin(ask) {
      const name = loopbackName(ask);
      return name === undefined ? undefined : `https://${name}:8080`;
    },
  }),
  async resolver(ask, tell) {
    if (ask.kind === 'server' && ask.id === 'missing') {
      tell?.({ rule: 'service', outcome: 'refused', why: 'There is none.' });
      throw new GuildNetError('not_found', 'There is no workspace "missing".', { remedy: 'Look at the list.' });
    }
    tell?.({ rule: 'pod', outcome: 'taken', why: 'Pod p.' });
    return ask.kind === 'target' ? outside : pod;
  },
  transportTo: () => ({
    kind: 'pod-proxy',
    losses: ['Upgrades are refused.'],
    ways: [
      { kind: 'channels', state: 'shut', why: 'not allowed' },
      { kind: 'pod-proxy', state: 'works' },
    ],
  }),
});
const ask = async (question: ProxyQuestion) => proxyAnswerSchema.parse(await debug(question, 'rid'));

describe('/api/proxy-debug', () => {
  test('has the fields of the original', async () => {
    expect(await ask({ server: 'cs', path: '/a?b' })).toMatchObject({ server: 'cs', path: '/a?b', rid: 'rid' });
  });

  test('says which rules were looked at, where it goes, and what is sent', async () => {
    const answer = await ask({ server: 'cs:3000', path: '/a//b%2F?c' });
    expect(answer.steps.map(({ rule, outcome }) => `${rule} ${outcome}`)).toEqual([
      'form taken',
      'pod taken',
      'transport passed',
      'transport taken',
    ]);
    expect(answer.target).toEqual({
      transport: 'pod-proxy',
      losses: ['Upgrades are refused.'],
      scheme: 'http',
      port: 3000,
      namespace: 'ns',
      pod: 'p',
      server_name: 'cs.localhost',
    });
    expect(answer.request).toMatchObject({ method: 'GET', path: '/a//b%2F?c', host: 'localhost:8080' });
    expect(answer.request?.added).toContainEqual(['X-Forwarded-Prefix', '/proxy/server/cs:3000']);
    expect(answer.request?.removed).toEqual(
      expect.arrayContaining(['Authorization', 'Forwarded', 'Proxy-Authorization']),
    );
    expect(answer.request?.removed).not.toContain('User-Agent');
    expect(answer.redirect).toBe('https://3000--cs.localhost:8080/a//b%2F?c');
  });

  test('knows that Authorization stays on a workspace’s own origin, which is asked for by its address', async () => {
    const answer = await ask({ url: 'https://3000--cs.localhost:8080/x' });
    expect(answer.request).toMatchObject({ path: '/x', host: '3000--cs.localhost:8080' });
    expect(answer.request?.removed).not.toContain('Authorization');
    expect(answer.redirect).toBeUndefined();
  });

  test('names a host outside by its own name', async () => {
    const answer = await ask({ to: 'nas.example:443', path: '/x' });
    expect(answer.target).toMatchObject({ transport: 'direct', host: 'nas.example', address: '10.0.0.9' });
    expect(answer.request).toMatchObject({ host: 'nas.example:443', path: '/x' });
    expect(answer.to).toBe('nas.example:443');
  });

  test.each<[string, ProxyQuestion, string]>([
    ['what the resolution says', { server: 'missing' }, 'not_found'],
    ['what is no id', { server: 'A_b' }, 'not_found'],
    ['what is no port', { server: 'cs:0' }, 'bad_target'],
    ['what is no target', { to: 'http://db/' }, 'bad_target'],
    ['a foreign name', { url: 'https://evil.example/' }, 'forbidden'],
    ['what is no address', { url: 'ftp://x/' }, 'bad_target'],
    ['what is no path', { server: 'cs', path: 'x' }, 'bad_target'],
    ['no question', {}, 'bad_target'],
    ['two questions', { server: 'cs', to: 'db:80' }, 'bad_target'],
  ])('%s is a refusal with its reason, not a failure', async (_what, question, code) => {
    const { error, target } = await ask(question);
    expect(error).toMatchObject({ code });
    expect(error?.remedy).toBeTruthy();
    expect(target).toBeUndefined();
  });

  test('what the host answers itself goes nowhere', async () => {
    const answer = await ask({ url: '/api/servers' });
    expect(answer.target).toBeUndefined();
    expect(answer.steps.at(-1)?.why).toContain('by the host itself');
  });

  test('the query form is explained as it is, by its address', async () => {
    const answer = await ask({ url: '/proxy?to=nas.example:443&path=/x&a=1' });
    expect(answer.request?.path).toBe('/x?a=1');
  });
});
