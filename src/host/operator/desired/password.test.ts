import { describe, expect, test } from 'vitest';
import type { WorkspaceSpec } from '#contract/workspace.ts';
import { withHash } from '../../kube/apply.ts';
import { operatorConfigFromEnv } from '../config.ts';
import { aWorkspace } from '#test/operator/objects.ts';
import { passwordSecret } from './password.ts';

// Specification, "Operator Defaults & Hardening", Environment: PASSWORD.

const codeServer = 'codercom/code-server:4';
const configured = { AGENT_DEFAULT_PASSWORD: 'pw' };
const kept = (spec: Partial<WorkspaceSpec>, env: NodeJS.ProcessEnv = configured): string | undefined => {
  const data = passwordSecret(aWorkspace(spec), operatorConfigFromEnv(env))?.data?.['PASSWORD'];
  return data === undefined ? undefined : Buffer.from(data, 'base64').toString('utf8');
};

describe('the password in the Secret', () => {
  test.for<[string, Partial<WorkspaceSpec>, NodeJS.ProcessEnv, string | undefined]>([
    ['is AGENT_DEFAULT_PASSWORD for code-server', { image: codeServer }, configured, 'pw'],
    ['is changeme when that is unset', { image: codeServer }, {}, 'changeme'],
    ['is changeme when that is empty', { image: codeServer }, { AGENT_DEFAULT_PASSWORD: '' }, 'changeme'],
    ['keeps its blanks and letters', { image: codeServer }, { AGENT_DEFAULT_PASSWORD: ' pä ß ' }, ' pä ß '],
    ['is the own one', { image: codeServer, env: [{ name: 'PASSWORD', value: 'mine' }] }, configured, 'mine'],
    ['is the own one of any image', { env: [{ name: 'PASSWORD', value: 'mine' }] }, configured, 'mine'],
    [
      'is the default when the own is empty',
      { image: codeServer, env: [{ name: 'PASSWORD', value: '' }] },
      configured,
      'pw',
    ],
    ['is none for other images', {}, configured, undefined],
    [
      'is none where it comes from elsewhere',
      { image: codeServer, env: [{ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }] },
      configured,
      undefined,
    ],
  ])('%s', ([, spec, env, password]) => expect(kept(spec, env)).toBe(password));
});

test('the Secret belongs to the workspace, under a name of its own', () => {
  expect(passwordSecret(aWorkspace({ image: codeServer }), operatorConfigFromEnv({}))).toMatchObject({
    kind: 'Secret',
    metadata: {
      name: 'workspace-ws-password',
      labels: { 'guildnet.io/id': 'ws' },
      ownerReferences: [{ uid: 'uid-ws' }],
    },
  });
});

test('the annotated hash says nothing about the password, and does about the keys', () => {
  const secret = (data: Record<string, string>) => withHash({ kind: 'Secret', metadata: { name: 's' }, data }).metadata;
  expect(secret({ PASSWORD: 'b25l' })).toEqual(secret({ PASSWORD: 'dHdv' }));
  expect(secret({ PASSWORD: 'b25l' })).not.toEqual(secret({ PASSWORD: 'b25l', OTHER: '' }));
});
