import { X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { createAuthority, openAuthority } from '../../certs/authority.ts';
import type { ReadPair } from '../../certs/certificate-files.ts';
import { judgeCertificates } from './certificate.ts';
import type { FoundCertificate } from './certificate.ts';

const authority = openAuthority(await createAuthority());
const pair = await authority.issue(['localhost']);
const certificate = new X509Certificate(pair.cert);
const usable: ReadPair = { kind: 'usable', pair, certificate };
const broken: ReadPair = { kind: 'unusable', why: 'server.key is not the key of server.crt' };
const absent: ReadPair = { kind: 'absent' };
const own = (read: ReadPair): FoundCertificate => ({ file: 'certs/server.crt', own: true, read });
const made = (read: ReadPair): FoundCertificate => ({ file: 'state/server.crt', own: false, read });
const issued = Date.parse(certificate.validFrom);
const nearEnd = Date.parse(certificate.validTo) - 86_400_000;

test.each<[what: string, found: FoundCertificate[], names: string[], now: number, state: string, words: RegExp]>([
  ['none yet', [own(absent), made(absent)], [], issued, 'ok', /makes one/],
  ['the made one', [own(absent), made(usable)], [], issued, 'ok', /state\/server\.crt can be served/],
  ['the user’s own', [own(usable), made(broken)], [], issued, 'warning', /makes a new one/],
  ['a key of another', [own(broken), made(usable)], [], issued, 'error', /not the key of .*not used/],
  ['one that ends soon', [own(usable)], [], nearEnd, 'warning', /expires on/],
  ['a made one that ends soon is made anew', [made(usable)], [], nearEnd, 'ok', /can be served/],
  ['a name that it has', [own(usable)], ['localhost'], issued, 'ok', /can be served/],
  ['a name that it lacks', [own(usable)], ['dev.example'], issued, 'error', /not good for dev\.example/],
  [
    'one that is not served is not asked for names',
    [own(usable), made(usable)],
    ['localhost'],
    issued,
    'ok',
    /certs\/server/,
  ],
])('%s', (_what, found, names, now, state, words) => {
  const [finding, ...others] = judgeCertificates(found, names, now);
  expect(others).toEqual([]);
  expect(finding?.state).toBe(state);
  expect(finding?.message).toMatch(words);
});
