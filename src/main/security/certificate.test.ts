import { expect, test } from 'vitest';
import { accepted, certificateVerdict, chromiumDecides } from './certificate.ts';

const url = 'https://cs.localhost:8080/';
const trusts = (hostname: string, fingerprint: string): boolean =>
  hostname.endsWith('localhost') && fingerprint === 'sha256/ours';

test.each([
  ['ours for this workspace', 'cs.localhost', 'sha256/ours', accepted],
  ['a foreign one for this workspace', 'cs.localhost', 'sha256/theirs', chromiumDecides],
  ['ours for another workspace', 'other.localhost', 'sha256/ours', chromiumDecides],
  ['ours for another port of it', '5173--cs.localhost', 'sha256/ours', accepted],
  ['a foreign one for another port of it', '5173--cs.localhost', 'sha256/theirs', chromiumDecides],
  ['ours for a port of another workspace', '5173--other.localhost', 'sha256/ours', chromiumDecides],
  ['ours for the control origin', 'localhost', 'sha256/ours', chromiumDecides],
  ['one of the web', 'example.com', 'sha256/web', chromiumDecides],
])('%s', (_what, hostname, fingerprint, wanted) => {
  expect(certificateVerdict({ hostname, fingerprint }, url, trusts)).toBe(wanted);
});
