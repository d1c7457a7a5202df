import { expect, test } from 'vitest';
import { describeTailnet, hostsTable, reportTable } from './describe-tailnet.ts';

test('of a host that runs its name and addresses are told, of one with a problem what to do', () => {
  const text = describeTailnet(
    {
      mode: 'embedded',
      phase: 'needs-login',
      login_server: 'https://head.test',
      addresses: [],
      login_url: 'https://head.test/register/1',
      key_expires_at: '2027-01-01T00:00:00Z',
      problem: { code: 'unauthorized', message: 'The key is refused.', remedy: 'Log in.' },
    },
    (iso) => iso.slice(0, 10),
  );
  expect(text).toMatch(/tailnet +needs-login \(embedded\)/);
  expect(text).toMatch(/log in at +https:\/\/head\.test\/register\/1/);
  expect(text).toMatch(/key expires +2027-01-01/);
  expect(text).toMatch(/problem +The key is refused\.\n +Log in\./);
  expect(text).not.toMatch(/addresses/);
});

test('of the certificate that peers see it is told whose it is, until when, and why it is not the tailnet’s', () => {
  const certificate = { kind: 'own', issuer: 'GuildNet', expires_at: '2027-01-01T00:00:00Z' } as const;
  const problem = { code: 'unsupported', message: 'None is issued.', remedy: 'Switch it on.' };
  const text = describeTailnet(
    { mode: 'embedded', phase: 'running', certificate: { ...certificate, problem } },
    (iso) => iso.slice(0, 10),
  );
  expect(text).toMatch(
    /its certificate +GuildNet, of this host’s own authority; until 2027-01-01\n +None is issued\.\n +Switch it on\./,
  );
});

test('a measurement names the relay in use', () => {
  const relays = [{ name: 'fra', milliseconds: 12.3, preferred: true }];
  const text = reportTable({ udp: true, ipv4: true, ipv6: false, hard_nat: true, relays });
  expect(text).toMatch(/relay fra +12\.3 ms, used/);
  expect(text).toMatch(/IPv6 +no/);
});

test('the hosts of a tailnet are told with whose they are, and how near the cluster is to each', () => {
  const common = { same_owner: true, here: false, tags: [], login: 'ann' };
  const text = hostsTable([
    { ...common, name: 'box.tail.test', url: 'https://box.tail.test', here: true, cluster_milliseconds: 4.2 },
    { ...common, name: 'ship.tail.test', url: 'https://ship.tail.test', login: 'tagged-devices', tags: ['tag:team'] },
  ]);
  expect(text).toMatch(/box\.tail\.test \(this one\) +ann +4\.2 ms +https:/);
  expect(text).toMatch(/ship\.tail\.test +tag:team +- +https:/);
  expect(hostsTable([])).toMatch(/^Peers do not reach this host/);
});
