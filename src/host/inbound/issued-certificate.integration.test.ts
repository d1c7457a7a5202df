import { once } from 'node:events';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { TailnetState } from '#contract/tailnet.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { buildTimeoutMs, tailnetNodeProgram } from '#test/tailnet/headscale-program.ts';
import { startHostOnTailnet } from '#test/tailnet/host-on-tailnet.ts';
import { startOwnTailscaled } from '#test/tailnet/own-tailscaled.ts';
import { startIssuingTailnet } from '#test/tailnet/issuing-tailnet.ts';
import type { IssuingTailnet } from '#test/tailnet/issuing-tailnet.ts';
import { joinAsPeer } from '#test/tailnet/peer.ts';

/* Tailscale's own control server for tests with certificates, Let's Encrypt's own authority for tests, the node that ships, and a peer. */

const timeoutMs = 120_000;
let program: string;
let issuing: IssuingTailnet;

beforeAll(async () => {
  program = await tailnetNodeProgram();
  issuing = await startIssuingTailnet(20);
}, buildTimeoutMs);
afterAll(() => issuing?.[Symbol.asyncDispose]());

test('peers see the certificate that the tailnet has issued, renewed without a restart, and until there is one that of our authority', async () => {
  await issuing.refuse('the zone is locked');
  const { started, state } = await startHostOnTailnet(issuing, program, { hostname: 'box', env: issuing.env });
  onTestFinished(() => started[Symbol.asyncDispose]());
  const { client } = started.host;
  const become = (what: string, is: (certificate: NonNullable<TailnetState['certificate']>) => boolean) =>
    waitUntil(
      async () => {
        const { certificate } = await client.tailnet.get(undefined);
        return certificate !== undefined && is(certificate) ? certificate : undefined;
      },
      { what, timeoutMs, explain: () => started.lines.slice(-20).join('') },
    );
  const refused = await become('the refusal to be told', ({ problem }) => problem?.code === 'upstream_failed');
  expect(refused).toMatchObject({
    kind: 'own',
    problem: { message: expect.stringContaining('the zone is locked') as string },
  });

  await using peer = await joinAsPeer(issuing, 'bob', program, 'phone');
  const authority = await peer.authorityOf('box.names.test');
  expect((await peer.ask(`${state.url}/api/ui-config`, authority)).status).toBe(200);

  await issuing.refuse(undefined);
  await client.tailnet.use({ mode: 'off' });
  await client.tailnet.use({ mode: 'embedded' });
  const first = await become('a certificate to be issued', ({ kind }) => kind === 'tailnet');
  expect(first).toMatchObject({ issuer: expect.stringMatching(/^Pebble/) as string });
  const seen = async (): Promise<string | undefined> => {
    const tls = connectTls({
      socket: await peer.dial('box.names.test', 443),
      servername: 'box.names.test',
      ca: issuing.root,
    });
    await once(tls, 'secureConnect');
    const { serialNumber } = tls.getPeerCertificate();
    tls.destroy();
    return serialNumber;
  };
  const serial = await waitUntil(() => seen().catch(() => undefined), { what: 'the peer to be let in', timeoutMs });
  expect((await peer.ask(`${state.url}/api/ui-config`, issuing.root)).status).toBe(200);
  // Nobody issues for an address.
  const address = state.addresses?.[0] ?? '';
  expect((await peer.ask(`https://${address}/api/ui-config`, authority)).status).toBe(200);

  await waitUntil(async () => (await seen().catch(() => serial)) !== serial, {
    what: 'another certificate',
    // On a busy machine one may end before the next is asked for, which then takes two minutes: no authority is asked more often.
    timeoutMs: 200_000,
    explain: () => started.lines.slice(-20).join(''),
  });
  expect(started.lines.join('')).not.toContain('PRIVATE KEY');
  expect((await started.ask('/api/tailnet')).text).not.toContain('PRIVATE KEY');
}, 600_000);

test('the tailscaled of the machine is asked for one as well', async () => {
  await using own = await startOwnTailscaled(issuing, { user: 'alice', hostname: 'desk', env: issuing.env });
  const { started, state } = await startHostOnTailnet(issuing, program, { hostname: 'unused', socket: own.socket });
  onTestFinished(() => started[Symbol.asyncDispose]());
  await waitUntil(async () => (await started.host.client.tailnet.get(undefined)).certificate?.kind === 'tailnet', {
    what: 'a certificate to be issued',
    timeoutMs,
    explain: () => started.lines.slice(-20).join(''),
  });
  await using peer = await joinAsPeer(issuing, 'bob', program, 'tablet');
  const answer = await waitUntil(() => peer.ask(`${state.url}/api/ui-config`, issuing.root).catch(() => undefined), {
    what: 'the peer to be let in',
    timeoutMs,
  });
  expect([state.url, answer.status]).toEqual(['https://desk.names.test', 200]);
}, 300_000);
