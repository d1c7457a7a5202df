import { expect, test } from 'vitest';
import { trustSteps } from './trust-steps.ts';

const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/148.0.0.0 Safari/537.36';

test.each([
  [`Mozilla/5.0 (X11; Linux x86_64) ${webkit}`, /chrome:\/\/certificate-manager/],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0', /View Certificates/],
  [`Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${webkit}`, /Keychain/],
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit}`, /Root Certification/],
  [`Mozilla/5.0 (Linux; Android 10; K) ${webkit}`, /CA certificate/],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15', /Certificate Trust Settings/],
])('%s', (userAgent, words) => {
  expect(trustSteps(userAgent)).toMatch(words);
});
