import { describe, expect, test } from 'vitest';
import type { ForwardWish } from '#contract/forwards.ts';
import { endpointText, localPlace } from './local-place.ts';

const both = [
  { address: '127.0.0.1', optional: false },
  { address: '::1', optional: true },
];
const at = (address: string) => [{ address, optional: false }];

describe('localPlace', () => {
  test.each<[Omit<ForwardWish, 'port'>, object]>([
    [{}, { kind: 'port', hosts: both, port: 5432, exposed: false }],
    [{ local_port: 0 }, { kind: 'port', hosts: both, port: 0, exposed: false }],
    [
      { local_port: 80, address: 'localhost' },
      { kind: 'port', hosts: both, port: 80, exposed: false },
    ],
    [{ address: '127.0.0.1' }, { kind: 'port', hosts: at('127.0.0.1'), port: 5432, exposed: false }],
    [{ address: '127.8.9.1' }, { kind: 'port', hosts: at('127.8.9.1'), port: 5432, exposed: false }],
    [{ address: '::1' }, { kind: 'port', hosts: at('::1'), port: 5432, exposed: false }],
    [{ address: '::ffff:127.0.0.1' }, { kind: 'port', hosts: at('::ffff:127.0.0.1'), port: 5432, exposed: false }],
    [
      { address: '0.0.0.0', allow_remote: true },
      { kind: 'port', hosts: at('0.0.0.0'), port: 5432, exposed: true },
    ],
    [
      { address: '::', allow_remote: true },
      { kind: 'port', hosts: at('::'), port: 5432, exposed: true },
    ],
    [
      { address: '127.0.0.1', allow_remote: true },
      { kind: 'port', hosts: at('127.0.0.1'), port: 5432, exposed: false },
    ],
    [{ socket: '/run/user/1000/db.sock' }, { kind: 'socket', path: '/run/user/1000/db.sock' }],
  ])('%j is %j', (wish, place) => {
    expect(localPlace({ port: 5432, ...wish })).toEqual(place);
  });

  test.each<[Omit<ForwardWish, 'port'>, string, string]>([
    [{ address: '0.0.0.0' }, 'forbidden', 'address'],
    [{ address: '::' }, 'forbidden', 'address'],
    [{ address: '192.168.1.5' }, 'forbidden', 'address'],
    [{ address: 'fe80::1%eth0' }, 'forbidden', 'address'],
    [{ address: '::ffff:10.0.0.1' }, 'forbidden', 'address'],
    [{ address: '128.0.0.1' }, 'forbidden', 'address'],
    [{ address: '' }, 'bad_request', 'address'],
    [{ address: 'example.com', allow_remote: true }, 'bad_request', 'address'],
    [{ address: '127.1' }, 'bad_request', 'address'],
    [{ address: '127.0.0.1:80' }, 'bad_request', 'address'],
    [{ socket: 'db.sock' }, 'bad_request', 'socket'],
    [{ socket: '/a\0b' }, 'bad_request', 'socket'],
    [{ socket: `/${'ü'.repeat(40)}` }, 'bad_request', 'socket'],
    [{ socket: '/a', local_port: 80 }, 'bad_request', 'socket'],
    [{ socket: '/a', allow_remote: true }, 'bad_request', 'socket'],
  ])('%j is refused as %s of %s', (wish, code, field) => {
    expect(() => localPlace({ port: 5432, ...wish })).toThrow(expect.objectContaining({ code, details: { field } }));
  });
});

test.each([
  ['127.0.0.1', '127.0.0.1:80'],
  ['::1', '[::1]:80'],
])('%s is written %s', (address, text) => {
  expect(endpointText(address, 80)).toBe(text);
});
