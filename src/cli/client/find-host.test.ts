import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findHost, parseHostUrl } from './find-host.ts';

test.each([
  ['https://localhost:8080', 'https://localhost:8080'],
  ['https://box.tailnet.test/', 'https://box.tailnet.test'],
  ['HTTPS://Box:443', 'https://box'],
])('%s is a host', (text, origin) => {
  expect(parseHostUrl(text)).toBe(origin);
});

test.each(['localhost:8080', 'http://localhost:8080', 'https://a/b', 'https://a/?x', 'https://u@a', '', 'https://'])(
  '%j is not a host',
  (text) => {
    expect(() => parseHostUrl(text)).toThrow(expect.objectContaining({ code: 'bad_config' }));
  },
);

test('a host that is given needs no record', async () => {
  await expect(findHost({ host: 'https://a:1', ca: '/ca.pem' }, {})).resolves.toEqual({
    url: 'https://a:1',
    caFile: '/ca.pem',
  });
});

test('without one, the record under GUILDNET_HOME decides', async () => {
  const env = { GUILDNET_HOME: join(tmpdir(), 'guildnet-no-such-home') };
  await expect(findHost({}, env)).rejects.toMatchObject({ code: 'not_ready' });
});
