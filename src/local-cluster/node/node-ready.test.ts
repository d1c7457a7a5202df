import { describe, expect, it } from 'vitest';
import { hasOtherAddress, isReadySince } from './node-ready.ts';

const node = (status: string, type = 'Ready'): string =>
  JSON.stringify({ status: { conditions: [{ type, status, lastHeartbeatTime: '2026-11-23T06:00:10Z' }] } });
const at = (time: string): number => Date.parse(`2026-11-23T${time}Z`);

describe('isReadySince', () => {
  it.each([
    ['Ready after the time', node('True'), at('06:00:09'), true],
    ['Ready in the same second', node('True'), at('06:00:10.900'), true],
    ['Ready before it', node('True'), at('06:00:11'), false],
    ['not Ready', node('False'), 0, false],
    ['other conditions only', node('True', 'DiskPressure'), 0, false],
    ['no conditions yet', '{"status":{}}', 0, false],
    ['no node', '{"kind":"Status","status":"Failure","code":404}', 0, false],
  ])('%s', (_what, body, since, expected) => {
    expect(isReadySince(body, since)).toBe(expected);
  });
});

describe('hasOtherAddress', () => {
  const at10 = (...addresses: [type: string, address: string][]): string =>
    JSON.stringify({ status: { addresses: addresses.map(([type, address]) => ({ type, address })) } });
  it.each([
    ['the one that is wanted', at10(['InternalIP', '10.95.1.2'], ['Hostname', 'n']), false],
    ['another one', at10(['InternalIP', '10.95.2.2']), true],
    ['none yet', at10(), false],
    ['only a name', at10(['Hostname', 'n']), false],
    ['is not there', JSON.stringify({ kind: 'Status', status: 'Failure' }), false],
  ])('a node with %s', (_what, body, other) => {
    expect(hasOtherAddress(body, '10.95.1.2')).toBe(other);
  });
});
