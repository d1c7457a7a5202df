import { expect, test } from 'vitest';
import { rewriteLocation } from './location.ts';
import { rewriteViewOf } from './view.ts';

const site = {
  controlOrigins: ['https://localhost:9999'],
  sharedOrigin: false,
  ownOrigin: (ask: { kind: string; id?: string; port?: number }) =>
    ask.kind === 'server'
      ? `https://${ask.port === undefined ? '' : `${String(ask.port)}--`}${ask.id ?? ''}.localhost:9999`
      : undefined,
};
const target = { namespace: 'dev', pod: 'cs-0', port: 3000, addresses: ['10.1.2.3', 'FD00::1'], servicePort: 80 };

test('another port of a workspace: its main one may frame it, and redirects between them stay in the browser’s names', () => {
  const view = rewriteViewOf({
    headers: { host: '4000--cs.localhost:9999' },
    route: { ask: { kind: 'server', id: 'cs', port: 4000 }, id: 'cs', prefix: '' },
    target: { ...target, port: 4000, servicePort: 4000 },
    site,
  });
  expect(view.siblingOrigins).toEqual(['https://cs.localhost:9999']);
  expect(rewriteLocation('http://localhost:4000/x', view)).toBe('https://4000--cs.localhost:9999/x');
  expect(rewriteLocation('http://localhost:3000/x', view)).toBe('https://3000--cs.localhost:9999/x');
});

test.each(['cs', 'cs.dev', 'cs.dev.svc', 'cs.dev.svc.cluster.local', 'cs-0', '10.1.2.3', '[fd00::1]', '0.0.0.0'])(
  'a workspace that calls itself %s is the one asked',
  (name) => {
    const headers = { host: 'cs.localhost:9999' };
    const view = rewriteViewOf({
      headers,
      route: { ask: { kind: 'server', id: 'cs' }, id: 'cs', prefix: '' },
      target,
      site,
    });
    expect(rewriteLocation(`http://${name}:3000/x`, view)).toBe('https://cs.localhost:9999/x');
    expect(rewriteLocation(`http://${name}/x`, view)).toBe('https://cs.localhost:9999/x');
  },
);

test('in place is what the path form serves where workspaces have origins of their own', () => {
  const asked = (prefix: string, sharedOrigin: boolean): boolean =>
    rewriteViewOf({
      headers: {},
      route: { ask: { kind: 'server', id: 'cs' }, id: 'cs', prefix },
      target,
      site: { ...site, sharedOrigin },
    }).inPlace;
  expect([asked('', false), asked('/proxy/server/cs', false), asked('/proxy/server/cs', true)]).toEqual([
    false,
    true,
    false,
  ]);
});
