import { describe, expect, test } from 'vitest';
import { operatorConfigFromEnv } from '../config.ts';
import { aWorkspace } from '#test/operator/objects.ts';
import { desired } from './desired.ts';
import { ownedMeta } from './ownership.ts';
import { surplus } from './surplus.ts';

const workspace = aWorkspace();
const own = (name = 'ws') => ({ metadata: { ...ownedMeta(workspace, name), uid: `uid-${name}` } });
const plain = desired(workspace, operatorConfigFromEnv({ WORKSPACE_NETWORK_POLICY: 'off' }));
const live = { secret: own('s'), ingress: own('i'), networkPolicy: own('n') };

describe('what is no longer wanted', () => {
  test('goes, each object by its uid', () => {
    expect(surplus(plain, live, workspace)).toEqual([
      { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: 'dev', uid: 'uid-s' } },
      { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'i', namespace: 'dev', uid: 'uid-i' } },
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: 'n', namespace: 'dev', uid: 'uid-n' },
      },
    ]);
  });

  test('is not what is wanted', () => {
    const all = { AGENT_DEFAULT_PASSWORD: 'p', WORKSPACE_DOMAIN: 'd.example', WORKSPACE_NETWORK_POLICY: '1' };
    const wanted = desired(aWorkspace({ image: 'codercom/code-server:4' }), operatorConfigFromEnv(all));
    expect(surplus(wanted, live, workspace)).toEqual([]);
    expect(surplus(plain, {}, workspace)).toEqual([]);
  });

  test.for([
    ['a stranger’s', { metadata: { name: 'ws', uid: 'x' } }],
    ['an earlier workspace’s', { metadata: { ...ownedMeta(aWorkspace({}, { uid: 'old' })), uid: 'x' } }],
    ['on its way out', { metadata: { ...own().metadata, deletionTimestamp: new Date(0) } }],
  ] as const)('is not %s', ([, ingress]) => expect(surplus(plain, { ingress }, workspace)).toEqual([]));
});
