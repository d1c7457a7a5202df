import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { startHost } from '#test/host/started-host.ts';
import { readSettings } from './config.ts';

// Specification, "Useful Environment Variables". What the operator's do: operator/desired/*.test.ts.

const variables = {
  LISTEN_LOCAL: '127.0.0.1:9443',
  FRONTEND_ORIGIN: 'https://front.example',
  UI_DEV_ORIGIN: 'https://localhost:5173',
  WORKSPACE_LB: 'true',
  WORKSPACE_LB_POOL: 'lab',
  WORKSPACE_DOMAIN: 'dev.example',
  INGRESS_CLASS_NAME: 'traefik',
  CERT_MANAGER_ISSUER: 'letsencrypt',
  K8S_IMAGE_PULL_SECRET: 'registry',
  AGENT_DEFAULT_PASSWORD: 'hunter2',
} as const;

test.each(Object.entries(variables))('%s is read, and shown with where it was said', async (variable, text) => {
  const { report } = await readSettings({ [variable]: text }, '/nowhere');
  const value = variable === 'AGENT_DEFAULT_PASSWORD' ? '•••' : text;
  expect(report.settings.find((one) => one.variable === variable)).toMatchObject({
    value,
    source: 'environment',
    from: variable,
  });
  const { report: without } = await readSettings({}, '/nowhere');
  expect(without.settings.find((one) => one.variable === variable)).toMatchObject({ source: 'default' });
});

async function answers(host: string, port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = connect({ host, port }, () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

// All of 127/8 is loopback on Linux alone.
test.runIf(process.platform === 'linux')(
  'LISTEN_LOCAL is where the host listens, and it listens nowhere else',
  async () => {
    await using started = await startHost({ env: { LISTEN_LOCAL: '127.0.0.2:0' } });
    expect(await answers('127.0.0.2', started.port)).toBe(true);
    expect(await answers('127.0.0.1', started.port)).toBe(false);
  },
);

test.each([
  ['https://dev.example:5173', 'is not on this computer'],
  ['https://localhost:8080', 'is where the host itself listens'],
  ['localhost:5173', 'is not an origin'],
])('UI_DEV_ORIGIN=%s is refused: it %s', async (text, why) => {
  await expect(readSettings({ UI_DEV_ORIGIN: text }, '/nowhere')).rejects.toMatchObject({
    code: 'bad_config',
    message: expect.stringMatching(new RegExp(`^UI_DEV_ORIGIN: .*${why}`)) as string,
  });
});
