import { expect, onTestFinished, test, vi } from 'vitest';
import type { TailnetState } from '#contract/tailnet.ts';
import { createAuthority, openAuthority } from '../certs/authority.ts';
import type { KeyPair } from '../certs/authority.ts';
import { createLog } from '../observability/log.ts';
import { askAgainIn, createIssuedCertificate } from './issued-certificate.ts';

const name = 'box.tail.test';
const log = createLog({ level: 'silent' });
const hour = 3_600_000;

async function pairFor(...names: string[]): Promise<KeyPair> {
  return await openAuthority(await createAuthority(new Date(), names)).issue(names);
}

/** A tailnet that has what `give` returns issued for these names. */
function given(give: () => Promise<KeyPair>, names: string[] = [name]) {
  const tailnet = {
    state: { mode: 'embedded', phase: 'running' } as TailnetState,
    certificateNames: names,
    certificate: vi.fn(give),
  };
  const certificate = createIssuedCertificate({ tailnet, log });
  onTestFinished(() => certificate.close());
  return { tailnet, certificate };
}

test.each([
  ['after a certificate of three months, each hour', { leftMs: 90 * 24 * hour, failures: 0 }, hour, hour],
  ['of one that ends soon, before it does', { leftMs: 4 * hour, failures: 0 }, hour / 2, hour / 2],
  ['of one that ends at once, not without end', { leftMs: 5, failures: 0 }, 1_000, 1_000],
  ['after one failure, in some minutes', { leftMs: undefined, failures: 1 }, 60_000, 120_000],
  ['after many, each hour', { leftMs: undefined, failures: 40 }, hour / 2, hour],
  ['after a failure to renew what ends soon, before it does', { leftMs: 80_000, failures: 9 }, 10_000, 10_000],
])('it is asked for again: %s', (_what, known, least, most) => {
  const delay = askAgainIn(known);
  expect(delay).toBeGreaterThanOrEqual(least);
  expect(delay).toBeLessThanOrEqual(most);
});

test('what is issued serves under its name, in whatever case, and under no other', async () => {
  const pair = await pairFor(name);
  const { certificate } = given(() => Promise.resolve(pair));
  certificate.see(name);
  expect(certificate.problem()).toMatchObject({ code: 'not_ready' });
  await vi.waitFor(() => expect(certificate.leafFor('BOX.tail.test')?.pair).toEqual(pair));
  expect(certificate.problem()).toBeUndefined();
  expect(certificate.leafFor('other.tail.test')).toBeUndefined();
  certificate.see('other.tail.test');
  expect(certificate.leafFor(name)).toBeUndefined();
});

test('one that has expired is not served any more', async () => {
  const pair = await pairFor(name);
  const { certificate } = given(() => Promise.resolve(pair));
  certificate.see(name);
  await vi.waitFor(() => expect(certificate.leafFor(name)).toBeDefined());
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 100 * 24 * hour });
  onTestFinished(() => void vi.useRealTimers());
  expect(certificate.leafFor(name)).toBeUndefined();
});

test('where none is issued, it says why and what to do', () => {
  const { tailnet, certificate } = given(() => pairFor(name), []);
  certificate.see(name);
  expect(certificate.problem()).toMatchObject({
    code: 'unsupported',
    message: expect.stringContaining(name) as string,
  });
  certificate.see(undefined);
  expect(certificate.problem()?.remedy).toContain('MagicDNS');
  expect(tailnet.certificate).not.toHaveBeenCalled();
});

test.each([
  ['for another name', () => pairFor('evil.test'), 'another name'],
  [
    'whose key is another’s',
    async () => ({ ...(await pairFor(name)), key: (await pairFor(name)).key }),
    /key.*mismatch|does not belong/i,
  ],
  ['that is none', () => Promise.resolve({ cert: 'x', key: 'y' }), 'could not be had'],
])('a certificate %s is not served, and said', async (_what, give, words) => {
  const { certificate } = given(give);
  certificate.see(name);
  await vi.waitFor(() => expect(certificate.problem()?.message).toMatch(words));
  expect(certificate.leafFor(name)).toBeUndefined();
});

test('a failure is said, and is asked about anew at once where the tailnet has become another', async () => {
  let refuses = true;
  const pair = await pairFor(name);
  const { tailnet, certificate } = given(() => (refuses ? Promise.reject(new Error('no DNS')) : Promise.resolve(pair)));
  certificate.see(name);
  await vi.waitFor(() => expect(certificate.problem()?.message).toContain('no DNS'));
  refuses = false;
  certificate.see(name);
  expect(tailnet.certificate).toHaveBeenCalledOnce();
  tailnet.certificateNames = [];
  certificate.see(name);
  tailnet.certificateNames = [name];
  certificate.see(name);
  await vi.waitFor(() => expect(certificate.leafFor(name)).toBeDefined());
  // What there is serves on while nothing new is offered.
  tailnet.certificateNames = [];
  certificate.see(name);
  expect(certificate.leafFor(name)).toBeDefined();
  expect(certificate.problem()).toMatchObject({ code: 'unsupported' });
});
