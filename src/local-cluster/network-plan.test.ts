import { describe, expect, it } from 'vitest';
import { chooseSubnet, nodeSubnet, parseCidr } from './network-plan.ts';

describe('nodeSubnet', () => {
  it('has one address for each end', () => {
    expect(nodeSubnet(7)).toEqual({ cidr: '10.95.7.0/30', host: '10.95.7.1', node: '10.95.7.2', prefixLength: 30 });
  });
  it.each([-1, 256, 1.5])('refuses %s', (index) => {
    expect(() => nodeSubnet(index)).toThrow(RangeError);
  });
});

describe('parseCidr', () => {
  it.each([
    ['10.0.0.0/30', { first: 0x0a000000, last: 0x0a000003 }],
    ['10.0.0.5/30', { first: 0x0a000004, last: 0x0a000007 }],
    ['10.0.0.5', { first: 0x0a000005, last: 0x0a000005 }],
    ['0.0.0.0/0', { first: 0, last: 0xffffffff }],
    ['default', undefined],
    ['fe80::1/64', undefined],
    ['10.0.0.256/30', undefined],
  ])('%s', (text, range) => {
    expect(parseCidr(text)).toEqual(range);
  });
});

describe('chooseSubnet', () => {
  const first = chooseSubnet('local', []);
  it('starts at a place of the name’s own, and stays there', () => {
    expect(first).toBe(chooseSubnet('local', []));
    expect(first).not.toBe(chooseSubnet('test', []));
  });
  it('passes over a subnet in use', () => {
    expect(chooseSubnet('local', [`10.95.${first}.0/30`])).toBe(((first ?? 0) + 1) % 256);
  });
  it('keeps the remembered one while it is free', () => {
    expect(chooseSubnet('local', ['192.168.1.0/24', 'default', '0.0.0.0/0'], 200)).toBe(200);
    expect(chooseSubnet('local', ['10.95.200.1/32'], 200)).toBe(first);
  });
  it('finds none when a route covers all', () => {
    expect(chooseSubnet('local', ['10.0.0.0/8'])).toBeUndefined();
  });
});
