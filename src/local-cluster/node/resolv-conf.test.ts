import { describe, expect, it } from 'vitest';
import { reachableNameServers, resolvConfText } from './resolv-conf.ts';

describe('reachableNameServers', () => {
  it.each([
    ['nameserver 1.2.3.4\nsearch example.com\nnameserver 2001:db8::1\n', ['1.2.3.4', '2001:db8::1']],
    ['# a stub\nnameserver 127.0.0.53\noptions edns0\n', []],
    ['  nameserver\t10.0.0.1 # office\n#nameserver 10.0.0.2\n', ['10.0.0.1']],
    ['nameserver ::1\nnameserver fe80::1%eth0\n', []],
    ['', []],
  ])('%j', (text, servers) => {
    expect(reachableNameServers(text)).toEqual(servers);
  });
});

it('writes nothing but name servers', () => {
  expect(resolvConfText(['1.2.3.4', '5.6.7.8'])).toBe('nameserver 1.2.3.4\nnameserver 5.6.7.8\n');
});
