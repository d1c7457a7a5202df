import { readFile } from 'node:fs/promises';
import { glob } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readVariables, unreadText, unreadVariables } from './unread-variables.ts';

test.each([
  { env: { GUILDNET_NAMESPCE: 'dev' }, told: [{ variable: 'GUILDNET_NAMESPCE', nearest: 'GUILDNET_NAMESPACE' }] },
  { env: { GUILDNET_TAILNETS: 'off' }, told: [{ variable: 'GUILDNET_TAILNETS', nearest: 'GUILDNET_TAILNET' }] },
  {
    env: { HOSTAPP_DISABLE_API_PROXI: '1' },
    told: [{ variable: 'HOSTAPP_DISABLE_API_PROXI', nearest: 'HOSTAPP_DISABLE_API_PROXY' }],
  },
  { env: { GUILDNET_QQQQQQQQQQQQQQQQQQ: '1' }, told: [{ variable: 'GUILDNET_QQQQQQQQQQQQQQQQQQ' }] },
  { env: { GUILDNET_HOME: '/x', GUILDNET_NAMESPACE: '', GUILDNET_TOKEN_FILE: 't', PATH: '/bin' }, told: [] },
  // A Service named guildnet in the host's own namespace.
  {
    env: {
      GUILDNET_SERVICE_HOST: '10.0.0.1',
      GUILDNET_SERVICE_PORT: '443',
      GUILDNET_SERVICE_PORT_HTTPS: '443',
      GUILDNET_PORT: 'tcp://10.0.0.1:443',
      GUILDNET_PORT_443_TCP: 'tcp://10.0.0.1:443',
      GUILDNET_PORT_443_TCP_ADDR: '10.0.0.1',
      GUILDNET_HOST_SERVICE_HOST: '10.0.0.1',
    },
    told: [],
  },
])('$env', ({ env, told }) => {
  expect(unreadVariables(env)).toEqual(told);
});

test('is told without what stands in it', () => {
  const [told] = unreadVariables({ GUILDNET_TOKEN: 'a-secret' });
  expect(told).toBeDefined();
  const text = told === undefined ? '' : unreadText(told);
  expect(text).toBe('The variable GUILDNET_TOKEN is none that GuildNet reads; GUILDNET_TOKEN_FILE is one.');
});

test('every variable that a source file names is known', async () => {
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  const named = new Set<string>();
  for await (const file of glob('src/**/*.{ts,tsx}', { cwd: root, exclude: (name) => /\.test\.tsx?$/.test(name) })) {
    if (file.endsWith('unread-variables.ts')) continue;
    const text = await readFile(`${root}/${file}`, 'utf8');
    for (const [name] of text.matchAll(/\bGUILDNET_[A-Z][A-Z_]*[A-Z]\b/g)) named.add(name);
  }
  const known = readVariables();
  expect([...named].filter((name) => !known.includes(name))).toEqual([]);
  expect(named.size).toBeGreaterThan(5);
});
