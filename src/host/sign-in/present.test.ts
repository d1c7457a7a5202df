import { expect, test } from 'vitest';
import type { WorkspaceSpec } from '#contract/workspace.ts';
import { aWorkspace } from '#test/operator/objects.ts';
import { operatorConfigFromEnv } from '../operator/config.ts';
import { passwordSecret } from '../operator/desired/password.ts';
import { codeServerSignIn } from './code-server.ts';
import { credentialFor, maySignIn } from './present.ts';

const image = 'guildnet.local/code-server:4';
const config = operatorConfigFromEnv({});
const workspace = aWorkspace({ image });
const signIn = { kind: codeServerSignIn, password: 'a-password' };
const generated = passwordSecret(workspace, config, signIn);
const { HASHED_PASSWORD: value } = codeServerSignIn.secret('a-password');
const expected = { kind: 'cookie', name: 'code-server-session', value };

test('a workspace is shown its own generated secret', () => {
  expect(credentialFor(workspace, 8080, generated)).toEqual(expected);
  const ports: WorkspaceSpec['ports'] = [{ containerPort: 3000 }, { containerPort: 8443 }];
  const other = aWorkspace({ image, ports });
  expect(credentialFor(other, 8443, generated)).toEqual(expected);
  expect(credentialFor(other, 3000, generated)).toBeUndefined();
});

test.each([
  ['there is none', workspace, 8080, undefined],
  ['another port is asked', workspace, 3000, generated],
  ['nobody generated it', workspace, 8080, passwordSecret(workspace, config)],
  ['it is a stranger’s', workspace, 8080, { ...generated, metadata: { ...generated?.metadata, ownerReferences: [] } }],
  ['it is another workspace’s', { ...workspace, metadata: { ...workspace.metadata, uid: 'other' } }, 8080, generated],
  ['the image is of another kind', aWorkspace({ image: 'nginx:1' }), 8080, generated],
])('nothing is shown where %s', (_what, asked, port, secret) => {
  expect(credentialFor(asked, port, secret)).toBeUndefined();
});

test('only workspaces that can be signed in at are asked about', () => {
  expect([workspace, aWorkspace({ image: 'nginx:1' })].map(maySignIn)).toEqual([true, false]);
});
