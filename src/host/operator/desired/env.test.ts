import { expect, test } from 'vitest';
import type { WorkspaceSpec } from '#contract/workspace.ts';
import { operatorConfigSchema } from '../config.ts';
import { aWorkspace } from '#test/operator/objects.ts';
import { codeServerSignIn } from '../../sign-in/code-server.ts';
import { envVars } from './env.ts';

// Specification, "Operator Defaults & Hardening", Environment.

const codeServer = 'codercom/code-server:4';
const port = { name: 'PORT', value: '8080' };
const config = operatorConfigSchema.parse({ agentDefaultPassword: 'default-pw' });
/** Whoever gave the password: it stands in the workspace's Secret and nowhere else. */
const password = {
  name: 'PASSWORD',
  valueFrom: { secretKeyRef: { name: 'workspace-ws-password', key: 'PASSWORD' } },
};
const fromSecret = { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } };

test.for<[string, WorkspaceSpec, unknown[]]>([
  ['PORT=8080 is added when missing', { image: 'alpine' }, [port]],
  [
    'an own PORT is kept',
    { image: 'alpine', env: [{ name: 'PORT', value: '3000' }] },
    [{ name: 'PORT', value: '3000' }],
  ],
  [
    'PORT is the first declared port',
    { image: 'alpine', ports: [{ containerPort: 1880 }, { containerPort: 8080 }] },
    [{ name: 'PORT', value: '1880' }],
  ],
  [
    'which is one that a program can listen on for HTTP',
    { image: 'alpine', ports: [{ containerPort: 53, protocol: 'UDP' }, { containerPort: 3000 }] },
    [{ name: 'PORT', value: '3000' }],
  ],
  [
    'an own PORT wins over the declared one',
    { image: 'alpine', ports: [{ containerPort: 1880 }], env: [{ name: 'PORT', value: '3000' }] },
    [{ name: 'PORT', value: '3000' }],
  ],
  [
    'blank entries are dropped',
    { image: 'alpine', env: [{ name: '', value: 'x' }, { name: ' ' }, { name: 'A', value: '1' }] },
    [{ name: 'A', value: '1' }, port],
  ],
  ['code-server gets the default password', { image: codeServer }, [port, password]],
  [
    'an own password goes by way of the Secret, too',
    { image: codeServer, env: [{ name: 'PASSWORD', value: 'mine' }] },
    [port, password],
  ],
  [
    'whatever the image',
    {
      image: 'alpine',
      env: [
        { name: 'PASSWORD', value: 'mine' },
        { name: 'A', value: '1' },
      ],
    },
    [{ name: 'A', value: '1' }, port, password],
  ],
  ['a password from a Secret is kept', { image: codeServer, env: [fromSecret] }, [fromSecret, port]],
  ['an empty password is no password', { image: codeServer, env: [{ name: 'PASSWORD', value: '' }] }, [port, password]],
  ['no password for other images', { image: 'alpine', env: [{ name: 'A' }] }, [{ name: 'A' }, port]],
  [
    'values that are references stay whole',
    { image: 'alpine', env: [{ name: 'F', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }] },
    [{ name: 'F', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }, port],
  ],
])('%s', ([, spec, expected]) => expect(envVars(aWorkspace(spec), config)).toEqual(expected));

test('a random password comes from the Secret with all that the program wants of it, and replaces empty ones', () => {
  const secret = (key: string) => ({ name: key, valueFrom: { secretKeyRef: { name: 'workspace-ws-password', key } } });
  const workspace = aWorkspace({
    image: codeServer,
    env: [
      { name: 'PASSWORD', value: '' },
      { name: 'A', value: '1' },
    ],
  });
  expect(envVars(workspace, config, { kind: codeServerSignIn, password: 'p' })).toEqual([
    { name: 'A', value: '1' },
    port,
    { name: 'GUILDNET_CODE_SERVER_AUTH', value: 'password' },
    secret('PASSWORD'),
    secret('HASHED_PASSWORD'),
  ]);
});
