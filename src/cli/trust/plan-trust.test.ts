import { expect, test } from 'vitest';
import { planTrust, shellText } from './plan-trust.ts';
import type { TrustFacts } from './plan-trust.ts';

const facts: TrustFacts = {
  platform: 'linux',
  file: '/home/me/.guildnet/state/certs/ca.crt',
  name: "GuildNet on me's box",
  isRoot: false,
  databases: [],
  has: () => false,
};
const commands = (more: Partial<TrustFacts>): string[] => planTrust({ ...facts, ...more }).map(shellText);
const database = { store: 'Chromium', folder: '/home/me/.pki/nssdb' };

test.each<[what: string, more: Partial<TrustFacts>, expected: string[]]>([
  ['macOS', { platform: 'darwin' }, ['security add-trusted-cert -r trustRoot /home/me/.guildnet/state/certs/ca.crt']],
  ['Windows', { platform: 'win32' }, ['certutil.exe -user -addstore Root /home/me/.guildnet/state/certs/ca.crt']],
  [
    "Chromium's database",
    { databases: [database], has: (program) => program === 'certutil' },
    [
      String.raw`certutil -d sql:/home/me/.pki/nssdb -A -t C,, -n 'GuildNet on me'\''s box' -i /home/me/.guildnet/state/certs/ca.crt`,
    ],
  ],
  [
    "Debian's bundle",
    { has: (program) => program === 'update-ca-certificates' },
    [
      'sudo install -m 644 /home/me/.guildnet/state/certs/ca.crt /usr/local/share/ca-certificates/guildnet-ca.crt',
      'sudo update-ca-certificates',
    ],
  ],
  [
    "Fedora's bundle, as root",
    { isRoot: true, has: (program) => program === 'update-ca-trust' },
    [
      'install -m 644 /home/me/.guildnet/state/certs/ca.crt /etc/pki/ca-trust/source/anchors/guildnet-ca.crt',
      'update-ca-trust',
    ],
  ],
  ['a Linux with nothing known', {}, []],
])('%s', (_what, more, expected) => {
  expect(commands(more)).toEqual(expected);
});

test('one authority does not take the place of another', () => {
  const has = (program: string): boolean => program === 'update-ca-certificates';
  const [own] = commands({ has });
  const [other] = commands({ has, file: '/home/me/.guildnet/state/certs/names-ca.crt' });
  expect(own?.split(' ').at(-1)).not.toBe(other?.split(' ').at(-1));
});

test('what is missing for a step is said', () => {
  const [step] = planTrust({ ...facts, databases: [database] });
  expect(step?.cannot).toContain('libnss3-tools');
  expect(planTrust({ ...facts, has: (program) => program === 'trust' })[0]?.cannot).toBe('it is for root');
});

test('another system is refused, with what to import', () => {
  expect(() => planTrust({ ...facts, platform: 'sunos' })).toThrow(/sunos/);
});
