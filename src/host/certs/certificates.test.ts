import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer } from 'node:tls';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLog } from '../observability/log.ts';
import { createAuthority, openAuthority } from './authority.ts';
import { openCertificates } from './certificates.ts';
import type { Certificates } from './certificates.ts';
import { certificatePlaces, describeCertificates } from './describe-certificates.ts';

let root = '';
const lines: string[] = [];
const log = createLog({ level: 'info', destination: { write: (line) => lines.push(line) } });
const open = (): Promise<Certificates> =>
  openCertificates({ folder: join(root, 'state'), userFolder: join(root, 'certs'), log });

beforeEach(async () => {
  lines.length = 0;
  root = await mkdtemp(join(tmpdir(), 'guildnet-certs-'));
  await mkdir(join(root, 'certs'));
});
afterEach(async () => {
  await rm(root, { recursive: true });
});

/** What a verifying TLS client sees that names `servername`: the leaf, or the error's code. */
async function seen(certificates: Certificates, servername: string, ca: string): Promise<X509Certificate | string> {
  const server = createServer({ ...(await certificates.current()), SNICallback: certificates.sni });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    return await new Promise((resolve) => {
      const socket = connect({ host: '127.0.0.1', port, servername, ca }, () => {
        resolve(socket.getPeerX509Certificate() ?? 'none');
        socket.destroy();
      });
      socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    });
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

/** As Electron gives it; of an error, the error. */
function fingerprintOf(leaf: X509Certificate | string): string {
  return leaf instanceof X509Certificate ? `sha256/${createHash('sha256').update(leaf.raw).digest('base64')}` : leaf;
}

test('a generated certificate serves localhost and every workspace name without a warning, and nothing else', async () => {
  const certificates = await open();
  const ca = await readFile(certificates.caFile, 'utf8');
  expect(await seen(certificates, 'localhost', ca)).toBeInstanceOf(X509Certificate);
  const leaf = await seen(certificates, 'code-12345.localhost', ca);
  expect(leaf instanceof X509Certificate && leaf.subjectAltName).toBe('DNS:code-12345.localhost');
  expect(await seen(certificates, 'example.com', ca)).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
  expect(await seen(certificates, 'a.b.localhost', ca)).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
});

test('fingerprints are trusted for the host that serves them only', async () => {
  const certificates = await open();
  const ca = await readFile(certificates.caFile, 'utf8');
  const control = fingerprintOf(await seen(certificates, 'localhost', ca));
  const workspace = fingerprintOf(await seen(certificates, 'a.localhost', ca));
  expect(certificates.trusts('localhost', control)).toBe(true);
  expect(certificates.trusts('127.0.0.1', control)).toBe(true);
  expect(certificates.trusts('[::1]', control)).toBe(true);
  expect(certificates.trusts('a.localhost', workspace)).toBe(true);
  expect(certificates.trusts('a.localhost', control)).toBe(false);
  expect(certificates.trusts('b.localhost', workspace)).toBe(false);
  expect(certificates.trusts('example.com', control)).toBe(false);
});

test('connections that come at once get one certificate, and it is trusted', async () => {
  const certificates = await open();
  const ca = await readFile(certificates.caFile, 'utf8');
  const leaves = await Promise.all(Array.from({ length: 5 }, () => seen(certificates, 'a.localhost', ca)));
  const fingerprints = new Set(leaves.map((leaf) => fingerprintOf(leaf)));
  expect([...fingerprints].map((fingerprint) => certificates.trusts('a.localhost', fingerprint))).toEqual([true]);
});

test('keys are for the owner only', async () => {
  await open();
  for (const name of ['ca.key', 'server.key', 'ca.crt']) {
    expect((await stat(join(root, 'state', name))).mode & 0o777).toBe(0o600);
  }
});

test.each(['example.com', 'localhost.example.com', '127.0.0.2', '::2'])('the CA cannot vouch for %s', async (name) => {
  const { caFile } = await open();
  const ca = { cert: await readFile(caFile, 'utf8'), key: await readFile(join(root, 'state', 'ca.key'), 'utf8') };
  const server = createServer(await openAuthority(ca).issue([name]));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const verdict = await new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, ca: ca.cert }, () => resolve('accepted'));
    socket.on('error', (error: Error) => resolve(error.message));
  });
  await new Promise((resolve) => server.close(resolve));
  expect(verdict).toBe('permitted subtree violation');
});

test('certificates are kept between starts', async () => {
  const first = await (await open()).current();
  expect(await (await open()).current()).toEqual(first);
});

test('what cannot be read is made anew, saying so', async () => {
  const first = await (await open()).current();
  await writeFile(join(root, 'state', 'server.crt'), 'nonsense');
  expect(await (await open()).current()).not.toEqual(first);
  expect(lines.join('')).toContain('server.crt');
  await writeFile(join(root, 'state', 'ca.crt'), 'nonsense');
  await open();
  expect(lines.join('')).toContain('new certificate authority');
});

test("a new CA's servers get new certificates", async () => {
  await open();
  await rm(join(root, 'state', 'ca.key'));
  const certificates = await open();
  expect(await seen(certificates, 'localhost', await readFile(certificates.caFile, 'utf8'))).toBeInstanceOf(
    X509Certificate,
  );
});

test("the user's own certificate comes first; workspaces it does not cover get ours", async () => {
  const theirs = await createAuthority();
  const pair = await openAuthority(theirs).issue(['localhost']);
  await writeFile(join(root, 'certs', 'server.crt'), pair.cert);
  await writeFile(join(root, 'certs', 'server.key'), pair.key);
  const certificates = await open();
  expect(await certificates.current()).toEqual(pair);
  expect(await seen(certificates, 'localhost', theirs.cert)).toBeInstanceOf(X509Certificate);
  const ours = await readFile(certificates.caFile, 'utf8');
  expect(await seen(certificates, 'a.localhost', ours)).toBeInstanceOf(X509Certificate);
});

test('./certs/server comes first, then ./certs/dev, then our own', async () => {
  const authority = openAuthority(await createAuthority());
  const own = join(root, 'certs');
  const pairs = { server: await authority.issue(['localhost']), dev: await authority.issue(['localhost']) };
  for (const [stem, pair] of Object.entries(pairs)) {
    await writeFile(join(own, `${stem}.crt`), pair.cert);
    await writeFile(join(own, `${stem}.key`), pair.key);
  }
  const described = async (): Promise<string[]> =>
    (await describeCertificates(certificatePlaces(root, own))).map(({ state }) => state);
  expect(await (await open()).current()).toEqual(pairs.server);
  expect(await described()).toEqual(['served', 'spare', 'absent']);
  await rm(join(own, 'server.crt'));
  expect(await (await open()).current()).toEqual(pairs.dev);
  expect(await described()).toEqual(['unusable', 'served', 'absent']);
  await rm(join(own, 'dev.crt'));
  await rm(join(own, 'dev.key'));
  const ours = await (await open()).current();
  expect([pairs.server, pairs.dev]).not.toContainEqual(ours);
});

test("a user's certificate with a foreign key, or one that has expired, is passed over with a warning", async () => {
  const authority = openAuthority(await createAuthority());
  const [their, foreign, dev] = await Promise.all([1, 2, 3].map(() => authority.issue(['localhost'])));
  await writeFile(join(root, 'certs', 'server.crt'), their?.cert ?? '');
  await writeFile(join(root, 'certs', 'server.key'), foreign?.key ?? '');
  await writeFile(join(root, 'certs', 'dev.crt'), dev?.cert ?? '');
  await writeFile(join(root, 'certs', 'dev.key'), dev?.key ?? '');
  expect(await (await open()).current()).toEqual(dev);
  expect(lines.join('')).toContain('is not the key of');
});

test("the user's files that are replaced are served without a restart, once both are there", async () => {
  const authority = openAuthority(await createAuthority());
  const [first, second] = await Promise.all([1, 2].map(() => authority.issue(['localhost'])));
  const files = { cert: join(root, 'certs', 'server.crt'), key: join(root, 'certs', 'server.key') };
  await writeFile(files.cert, first?.cert ?? '');
  await writeFile(files.key, first?.key ?? '');
  const certificates = await open();
  expect(await certificates.current()).toEqual(first);
  await writeFile(files.key, second?.key ?? '');
  // Half of it: looked at once, nothing is made of it.
  expect(await certificates.current()).toEqual(first);
  await writeFile(files.cert, second?.cert ?? '');
  expect(await certificates.current()).toEqual(first);
  expect(await certificates.current()).toEqual(second);
  expect(lines.join('')).toContain('Another certificate is served');
  expect(fingerprintOf(await seen(certificates, 'localhost', authority.cert))).toBe(
    fingerprintOf(new X509Certificate(second?.cert ?? '')),
  );
  await rm(files.cert);
  await certificates.current();
  const ours = await certificates.current();
  expect([first, second]).not.toContainEqual(ours);
  expect(lines.join('')).toContain('server.crt is missing beside its key');
});

test('one that lacks a name that people come by is served, and said to lack it', async () => {
  const pair = await openAuthority(await createAuthority()).issue(['localhost']);
  await writeFile(join(root, 'certs', 'server.crt'), pair.cert);
  await writeFile(join(root, 'certs', 'server.key'), pair.key);
  const names = ['dev.example', 'localhost'];
  await openCertificates({ folder: join(root, 'state'), userFolder: join(root, 'certs'), names, log });
  expect(lines.join('')).toMatch(
    /server\.crt is served and is not good for dev\.example: .*cert generate -H dev\.example/,
  );
});

test("a user's certificate that has expired is named and passed over", async () => {
  const { signServer } = await import('./sign-certificate.ts');
  const ca = await createAuthority();
  const day = 86_400_000;
  const validity = { notBefore: new Date(Date.now() - 2 * day), notAfter: new Date(Date.now() - day) };
  const issuer = { certificate: new X509Certificate(ca.cert).raw, key: createPrivateKey(ca.key) };
  const pair = await signServer(['localhost'], issuer, validity);
  await writeFile(join(root, 'certs', 'server.crt'), pair.cert);
  await writeFile(join(root, 'certs', 'server.key'), pair.key);
  expect(await (await open()).current()).not.toEqual(pair);
  expect(lines.join('')).toMatch(/certs\/server\.crt expired on .*; it is not used/);
});
