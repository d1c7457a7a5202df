import { expect, test } from 'vitest';
import { fromFailedRequest } from './failed-request.ts';

const coded = (code: string) => Object.assign(new Error('inner'), { code });
const fetchFailed = (cause: unknown) => new TypeError('fetch failed', { cause });
const url = 'https://localhost:8080';

test.each([
  ['refused', fetchFailed(coded('ECONNREFUSED')), 'nothing listens there'],
  [
    'refused on both address families',
    fetchFailed(new AggregateError([coded('ECONNREFUSED')])),
    'nothing listens there',
  ],
  ['unknown name', fetchFailed(coded('ENOTFOUND')), 'its name is not known'],
  ['cut off', fetchFailed(coded('UND_ERR_SOCKET')), 'it closed the connection'],
  ['a code that is not listed', fetchFailed(coded('EWEIRD')), 'EWEIRD'],
  ['no code, but a cause', fetchFailed(new Error('bad port')), 'bad port'],
  ['neither', new TypeError('fetch failed'), 'fetch failed'],
])('%s', (_what, error, why) => {
  expect(fromFailedRequest(error, url)).toMatchObject({
    code: 'upstream_failed',
    message: `The host at ${url} cannot be reached: ${why}.`,
  });
});

test('an authority that is not trusted: --ca helps', () => {
  expect(fromFailedRequest(fetchFailed(coded('SELF_SIGNED_CERT_IN_CHAIN')), url)).toMatchObject({
    message: `The certificate of ${url} is not trusted (SELF_SIGNED_CERT_IN_CHAIN).`,
    remedy: expect.stringContaining('--ca'),
  });
});

test('a certificate for another name: another name helps', () => {
  expect(fromFailedRequest(fetchFailed(coded('ERR_TLS_CERT_ALTNAME_INVALID')), url)).toMatchObject({
    message: `The certificate of ${url} was made for another name.`,
  });
});
