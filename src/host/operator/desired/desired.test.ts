import { describe, expect, test } from 'vitest';
import { operatorConfigFromEnv, operatorConfigSchema } from '../config.ts';
import { aWorkspace } from '#test/operator/objects.ts';
import { desired } from './desired.ts';

const config = operatorConfigSchema.parse({});
const podOf = (workspace = aWorkspace(), settings = config) =>
  desired(workspace, settings).deployment.spec?.template.spec;
const containerOf = (workspace = aWorkspace(), settings = config) => podOf(workspace, settings)?.containers[0];

describe('the Deployment', () => {
  test.for([
    ['runs by default', undefined, 1],
    ['runs when wanted', true, 1],
    ['is scaled to zero when stopped', false, 0],
  ] as const)('%s', ([, running, replicas]) =>
    expect(desired(aWorkspace({ running }), config).deployment.spec?.replicas).toBe(replicas),
  );

  test('never has two pods at a time, and selects its own', () => {
    const { spec } = desired(aWorkspace(), config).deployment;
    expect(spec?.strategy).toEqual({ type: 'Recreate' });
    expect(spec?.selector).toEqual({ matchLabels: { 'guildnet.io/id': 'ws' } });
    expect(spec?.template.metadata?.labels).toEqual({ 'guildnet.io/managed': 'true', 'guildnet.io/id': 'ws' });
  });

  test('has no service-account token unless one is asked for', () => {
    expect(podOf()).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false });
    expect(podOf(aWorkspace({ serviceAccountName: 'builder' }))).toMatchObject({
      automountServiceAccountToken: true,
      serviceAccountName: 'builder',
    });
  });

  test('passes command, args, resources, node selector and envFrom on', () => {
    const spec = {
      command: ['c'],
      args: ['a'],
      resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '1' } },
      nodeSelector: { disk: 'ssd' },
      envFrom: [{ secretRef: { name: 's' } }],
    };
    const { nodeSelector, ...container } = spec;
    expect(containerOf(aWorkspace(spec))).toMatchObject(container);
    expect(podOf(aWorkspace(spec))?.nodeSelector).toEqual(nodeSelector);
    expect(containerOf()).not.toHaveProperty('command');
  });

  // Specification, "Useful Environment Variables".
  test('pulls with the workspace’s secrets and K8S_IMAGE_PULL_SECRET, each once', () => {
    const settings = operatorConfigFromEnv({ K8S_IMAGE_PULL_SECRET: 'shared' });
    expect(
      podOf(aWorkspace({ imagePullSecrets: [{ name: 'own' }, { name: 'shared' }] }), settings)?.imagePullSecrets,
    ).toEqual([{ name: 'own' }, { name: 'shared' }]);
    expect(podOf()).not.toHaveProperty('imagePullSecrets');
  });

  test('mounts the home where there is one, and shared memory with room', () => {
    const shared = { name: 'shared-memory', emptyDir: { medium: 'Memory' } };
    const room = { name: 'shared-memory', mountPath: '/dev/shm' };
    const workspace = aWorkspace({ home: { size: '1Gi', mountPath: '/data' } });
    const home = { name: 'home', persistentVolumeClaim: { claimName: 'ws-home' } };
    expect(podOf(workspace)?.volumes).toEqual([home, shared]);
    expect(containerOf(workspace)?.volumeMounts).toEqual([{ name: 'home', mountPath: '/data' }, room]);
    // Without one there is a folder that goes with the pod.
    expect(podOf()?.volumes).toEqual([{ name: 'home', emptyDir: {} }, shared]);
    expect(containerOf()?.volumeMounts).toEqual([{ name: 'home', mountPath: '/home/workspace' }, room]);
    expect(containerOf()?.env).toContainEqual({ name: 'HOME', value: '/home/workspace' });
  });

  test('starts Jupyter in its home, where it keeps notebooks, and others where their image says', () => {
    expect(containerOf(aWorkspace({ image: 'quay.io/jupyter/base-notebook:1' }))?.workingDir).toBe('/home/jovyan');
    expect(containerOf()).not.toHaveProperty('workingDir');
  });

  test('pulls as it is told', () => {
    expect(containerOf(aWorkspace({ image: 'a:latest' }))?.imagePullPolicy).toBe('Always');
    expect(containerOf(aWorkspace({ image: 'a:latest', imagePullPolicy: 'Never' }))?.imagePullPolicy).toBe('Never');
  });

  test('holds no password, whoever gave it', () => {
    const settings = operatorConfigFromEnv({ AGENT_DEFAULT_PASSWORD: 'default-secret' });
    for (const spec of [{ image: 'codercom/code-server:4' }, { env: [{ name: 'PASSWORD', value: 'default-secret' }] }])
      expect(JSON.stringify(desired(aWorkspace(spec), settings).deployment)).not.toContain('default-secret');
  });
});

// Specification, "Operator Defaults & Hardening", Service.
describe('the Service', () => {
  test('mirrors the container’s ports under their names', () => {
    const { service } = desired(
      aWorkspace({ ports: [{ containerPort: 3000, name: 'web' }, { containerPort: 9000 }] }),
      config,
    );
    expect(service.spec).toEqual({
      type: 'ClusterIP',
      selector: { 'guildnet.io/id': 'ws' },
      ports: [
        { name: 'web', port: 3000, targetPort: 3000, protocol: 'TCP' },
        { name: 'port-9000', port: 9000, targetPort: 9000, protocol: 'TCP' },
      ],
    });
  });
});

test('equal inputs give equal objects, without explicit undefined', () => {
  const workspace = aWorkspace({ env: [{ name: 'A', value: undefined }], resources: { limits: undefined } });
  expect(desired(workspace, config)).toEqual(desired(structuredClone(workspace), config));
  const all = desired(workspace, config);
  expect(JSON.parse(JSON.stringify(all))).toStrictEqual(all);
});
