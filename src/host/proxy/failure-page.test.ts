import { expect, test } from 'vitest';
import { failurePage, refreshAfter, wantsPage } from './failure-page.ts';

test('says what happened and what to do, and nothing in it is markup', () => {
  const { html, headers } = failurePage({
    code: 'not_ready',
    message: 'Image <script>alert(1)</script> is missing.',
    request_id: 'abc',
    details: { remedy: 'Check "it".', phase: 'Failed' },
  });
  expect(html).toContain('Image &lt;script&gt;alert(1)&lt;/script&gt; is missing.');
  expect(html).toContain('Check &quot;it&quot;.');
  expect(html).toContain('request abc');
  expect(headers['content-security-policy']).not.toContain('script-src');
});

test.each([
  ['not_ready', 'Pending', 2],
  ['not_ready', 'Starting', 2],
  ['not_ready', 'Failed', 10],
  ['not_ready', 'Stopped', undefined],
  ['cluster_offline', undefined, 5],
  ['upstream_failed', undefined, 5],
  ['not_found', undefined, undefined],
  ['forbidden', undefined, undefined],
])('%s while %s looks again after %s s', (code, phase, seconds) => {
  expect(refreshAfter({ code, message: '', details: { phase } })).toBe(seconds);
  expect(failurePage({ code, message: '', details: { phase } }).html.includes('http-equiv="refresh"')).toBe(
    seconds !== undefined,
  );
});

test.each([
  [{ 'sec-fetch-mode': 'navigate', accept: 'text/html' }, true],
  [{ 'sec-fetch-mode': 'cors', accept: 'text/html' }, false],
  [{ accept: 'text/html,application/xhtml+xml' }, true],
  [{ accept: '*/*' }, false],
  [{}, false],
])('%o', (headers, page) => {
  expect(wantsPage(headers)).toBe(page);
});
