import { expect, test } from 'vitest';
import type { ErrorBody } from '#contract/errors.ts';
import { failurePage, wantsPage } from './failure-page.ts';

const framers = ['https://localhost:8080', 'https://127.0.0.1:8080'];
const page = (body: Partial<ErrorBody>, repeatable = true) =>
  failurePage({ code: 'not_ready', message: 'm', ...body }, { repeatable, framers });

test('says what happened and what to do, and nothing in it is markup', () => {
  const { html } = page({
    message: 'Image <script>alert(1)</script> is missing.',
    request_id: 'abc',
    details: { remedy: 'Check "it".', phase: 'Failed', reason: '<b>' },
  });
  expect(html).toContain('Image &lt;script&gt;alert(1)&lt;/script&gt; is missing.');
  expect(html).toContain('Check &quot;it&quot;.');
  expect(html).toContain('&lt;b&gt;');
  expect(html).toContain('request abc');
});

test('only its own script and style run, each time with another nonce, and only the control page may frame it', () => {
  const first = page({});
  const policy = first.headers['content-security-policy'] ?? '';
  const nonce = /script-src 'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
  expect(nonce).toMatch(/^[\w+/]{22}==$/);
  expect(first.html.split(`nonce="${nonce}"`).length).toBe(3);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("connect-src 'self'");
  expect(policy).toContain('frame-ancestors https://localhost:8080 https://127.0.0.1:8080');
  expect(policy).not.toContain('unsafe');
  expect(page({}).headers['content-security-policy']).not.toBe(policy);
});

test.each<[string, ErrorBody['details'], boolean, string | undefined]>([
  ['not_ready', { phase: 'Starting' }, true, '2'],
  ['not_ready', { phase: 'Failed' }, true, '5'],
  ['upstream_failed', {}, true, '5'],
  ['forbidden', {}, true, undefined],
  // Loading the page again would send the form again.
  ['not_ready', { phase: 'Starting' }, false, undefined],
])('%s %o loads again without scripts, too', (code, details, repeatable, seconds) => {
  const { html } = page({ code, details }, repeatable);
  expect(/<noscript><meta http-equiv="refresh" content="(\d+)">/.exec(html)?.[1]).toBe(seconds);
  expect(html).toContain(`data-repeat="${repeatable ? 'yes' : 'no'}"`);
});

test('a stopped workspace can be started from the page, where that is allowed', () => {
  expect(page({ details: { phase: 'Stopped', wakes: true } }).html).toContain('<p id="start"><a href="">Start it</a>');
  expect(page({ details: { phase: 'Stopped' } }).html).toContain('<p id="start" hidden>');
});

test.each([
  [{ 'sec-fetch-mode': 'navigate', accept: 'text/html' }, true],
  [{ 'sec-fetch-mode': 'cors', accept: 'text/html' }, false],
  [{ accept: 'text/html,application/xhtml+xml' }, true],
  [{ accept: '*/*' }, false],
  [{}, false],
])('%o', (headers, wanted) => {
  expect(wantsPage(headers)).toBe(wanted);
});
