import { describe, expect, test } from 'vitest';
import { canonicalHost } from '../forms/target-text.ts';
import { isOurselves, refusedAddress } from './address-policy.ts';

const policy = {
  own: ['192.168.1.20', '2001:db8:1::20', 'fe80::20%eth0'],
  ownPort: 8080,
  apiServers: [
    { address: '10.1.0.1', port: 6443 },
    { address: '2001:db8:2::1', port: 6443 },
  ],
};

/** As it stands in a request: read as a browser reads a host, then asked. */
function verdict(host: string, port = 80): string | undefined {
  const address = canonicalHost(host);
  if (address === undefined) return 'no host';
  return refusedAddress({ address, port }, policy);
}

describe('an address is refused', () => {
  test.each<[RegExp, string[]]>([
    [
      /loopback/,
      [
        ...['127.0.0.1', '127.0.0.53', '127.255.255.254', '127.1', '127.0.1', '2130706433', '0x7f000001', '0x7f.1'],
        ...['017700000001', '0177.0.0.1', '0177.0.0.01', '0x7F.0x0.0x0.0x1', '127.0.0.1.', '①②⑦.⓪.⓪.①', '[::1]'],
        ...['[0:0:0:0:0:0:0:1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::127.0.0.1]', '[64:ff9b::127.0.0.1]'],
        ...['[64:ff9b::7f00:1]', '[64:ff9b:1::7f00:1]', '[2002:7f00:1::]', '[2002:7f00:0001::1]'],
        ...['[::ffff:0:7f00:1]', '[2001:db8::5efe:127.0.0.1]', '[2001:db8::200:5efe:7f00:1]'],
      ],
    ],
    [
      /unspecified/,
      ['0.0.0.0', '0', '0x0', '0.1.2.3', '[::]', '[::ffff:0.0.0.0]', '[64:ff9b::]', '[2002::]', '[::ffff:0:0]'],
    ],
    [
      /credentials/,
      [
        ...['169.254.169.254', '0xa9fea9fe', '2852039166', '0251.0376.0251.0376', '169.254.43518', '169.254.170.2'],
        ...['[::ffff:169.254.169.254]', '[64:ff9b::a9fe:a9fe]', '[2002:a9fe:a9fe::]', '[fd00:ec2::254]'],
        ...['[fd00:ec2::23]', '[fd20:ce::254]', '100.100.100.200', '168.63.129.16', '192.0.0.192'],
      ],
    ],
    [/link-local/, ['169.254.0.1', '169.254.255.255', '[fe80::1]', '[febf::1]', '[::ffff:169.254.1.1]']],
    [/multicast/, ['224.0.0.1', '239.255.255.250', '[ff02::1]', '[ff0e::1]', '[64:ff9b::e000:1]']],
    [/broadcast/, ['255.255.255.255', '0xffffffff']],
    [/reserved/, ['240.0.0.1', '192.0.0.1', '[::ffff:240.0.0.1]']],
    [/site-local/, ['[fec0::1]']],
    [/Teredo/, ['[2001:0:4136:e378:8000:63bf:3fff:fdd2]']],
    [/this machine$/, ['192.168.1.20', '0xc0a80114', '[::ffff:192.168.1.20]', '[2001:db8:1::20]', '[2002:c0a8:114::]']],
  ])('as %s, however it is written', (why, hosts) => {
    for (const host of hosts) expect(verdict(host), host).toMatch(why);
  });

  test('as the API server, on its port only', () => {
    for (const host of ['10.1.0.1', '0x0a010001', '[::ffff:10.1.0.1]', '[2001:db8:2::1]'])
      expect(verdict(host, 6443), host).toMatch(/API server/);
    expect(verdict('10.1.0.1', 443)).toBeUndefined();
  });

  test('with a zone as without', () => {
    expect(refusedAddress({ address: 'fe80::1%eth0', port: 80 }, policy)).toMatch(/link-local/);
    expect(refusedAddress({ address: '2001:db8:1::20%2', port: 80 }, policy)).toMatch(/this machine/);
  });

  test('when it is none', () => {
    for (const address of ['', 'localhost', '1.2.3', '::g']) {
      expect(refusedAddress({ address, port: 80 }, policy), address).toBeDefined();
    }
  });
});

test.each([
  ...['10.0.0.1', '172.16.0.1', '192.168.1.21', '100.64.0.1', '93.184.216.34', '8.8.8.8', '[2606:4700::1111]'],
  ...['[fd12:3456::1]', '[::ffff:10.0.0.1]', '[64:ff9b::808:808]', '[2002:808:808::1]'],
])('%s may be asked', (host) => {
  expect(verdict(host)).toBeUndefined();
});

test.each<[string, number, boolean]>([
  ['127.0.0.1', 8080, true],
  ['::1', 8080, true],
  ['::ffff:127.0.0.1', 8080, true],
  ['0.0.0.0', 8080, true],
  ['192.168.1.20', 8080, true],
  ['127.0.0.1', 8081, false],
  ['10.0.0.1', 8080, false],
])('%s:%i is our own door: %s', (address, port, ours) => {
  expect(isOurselves({ address, port }, policy)).toBe(ours);
});
