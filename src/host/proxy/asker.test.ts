import { expect, test } from 'vitest';
import { askerOf } from './asker.ts';
import type { Asker } from './asker.ts';

const browser = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/148.0' };
const from = (site: string, mode: string, dest: string) => ({
  ...browser,
  'sec-fetch-site': site,
  'sec-fetch-mode': mode,
  'sec-fetch-dest': dest,
});

test.each<[string, Asker, Partial<Parameters<typeof askerOf>[0]>]>([
  ['a clicked link', 'person', { headers: { ...from('same-origin', 'navigate', 'document'), 'sec-fetch-user': '?1' } }],
  ['an address typed in', 'person', { headers: from('none', 'navigate', 'document') }],
  ['a page that reloads itself', 'document', { headers: from('same-origin', 'navigate', 'document') }],
  ['a frame on another page', 'document', { headers: from('cross-site', 'navigate', 'iframe') }],
  ['fetch', 'page', { headers: from('same-origin', 'cors', 'empty') }],
  ['an image', 'page', { headers: from('same-origin', 'no-cors', 'image') }],
  [
    'a form’s POST by a person',
    'person',
    { method: 'POST', headers: { ...from('same-origin', 'navigate', 'document'), 'sec-fetch-user': '?1' } },
  ],
  ['a beacon', 'upkeep', { method: 'POST', headers: from('same-origin', 'no-cors', 'empty') }],
  ['a report', 'upkeep', { method: 'POST', headers: from('same-origin', 'no-cors', 'report') }],
  [
    'a service worker’s update',
    'upkeep',
    { path: '/sw.js', headers: from('same-origin', 'same-origin', 'serviceworker') },
  ],
  ['a manifest', 'upkeep', { path: '/manifest.json', headers: from('same-origin', 'cors', 'manifest') }],
  ['the icon', 'upkeep', { path: '/favicon.ico', headers: from('same-origin', 'no-cors', 'image') }],
  ['a prefetch', 'upkeep', { headers: { ...from('same-origin', 'no-cors', 'empty'), 'sec-purpose': 'prefetch' } }],
  [
    'a prerender',
    'upkeep',
    { headers: { ...from('none', 'navigate', 'document'), 'sec-purpose': 'prefetch;prerender' } },
  ],
  ['a prefetch of an old Firefox', 'upkeep', { headers: { ...browser, 'x-moz': 'prefetch' } }],
  ['a navigation of an old browser', 'document', { headers: { ...browser, accept: 'text/html,*/*' } }],
  ['a script’s request in an old browser', 'page', { headers: { ...browser, accept: '*/*' } }],
  ['the icon in an old browser', 'upkeep', { path: '/favicon.ico', headers: browser }],
  ['a page’s WebSocket', 'page', { kind: 'socket', headers: { ...browser, origin: 'https://w.localhost' } }],
  ['a program’s WebSocket', 'program', { kind: 'socket', headers: {} }],
  ['curl', 'program', { headers: { 'user-agent': 'curl/8.1', accept: '*/*' } }],
  ['a webhook', 'program', { method: 'POST', path: '/hook', headers: { 'user-agent': 'GitHub-Hookshot/1' } }],
  ['Node’s fetch', 'program', { headers: { 'user-agent': 'node', 'sec-fetch-mode': 'cors' } }],
  ['a program without a name', 'program', { headers: {} }],
  ['a probe by its path', 'probe', { path: '/healthz', headers: { 'user-agent': 'curl/8.1' } }],
  ['a probe deeper down', 'probe', { path: '/api/health?full=1', headers: {} }],
  ['a probe by its name', 'probe', { headers: { 'user-agent': 'kube-probe/1.37' } }],
  ['a scrape', 'probe', { path: '/metrics', headers: { 'user-agent': 'Prometheus/3.0' } }],
  ['OPTIONS of a program', 'probe', { method: 'OPTIONS', headers: {} }],
  ['a page of that name', 'program', { path: '/shopping', headers: {} }],
])('%s is %s', (_what, asker, facts) => {
  expect(askerOf({ kind: 'request', method: 'GET', path: '/', headers: {}, ...facts })).toBe(asker);
});
