import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitUntil } from '#local-cluster/wait-until.ts';
import type { TestNamespace } from '#test/create-namespace.ts';
import { provoke, shell } from '#test/failures/provoke.ts';
import type { Provocation } from '#test/failures/provoke.ts';

const registryPort = 5_871;

/** On the node's own loopback, where containerd speaks plain HTTP: it has nothing, and `/v2/private` wants a login. */
async function startRegistry({ core, name }: TestNamespace): Promise<void> {
  const config =
    "printf '/v2/private:user:password\\n' > /tmp/httpd.conf; mkdir -p /tmp/w/v2; echo '{}' > /tmp/w/v2/index.html";
  await core.createNamespacedPod({
    namespace: name,
    body: {
      metadata: { name: 'registry' },
      spec: {
        hostNetwork: true,
        automountServiceAccountToken: false,
        terminationGracePeriodSeconds: 0,
        containers: [
          {
            name: 'registry',
            image: shell,
            imagePullPolicy: 'Never',
            command: ['/bin/sh', '-c', `${config}; httpd -f -p 127.0.0.1:${registryPort} -h /tmp/w -c /tmp/httpd.conf`],
          },
        ],
      },
    },
  });
  await waitUntil(
    async () => (await core.readNamespacedPod({ namespace: name, name: 'registry' })).status?.phase === 'Running',
    { what: 'the registry', timeoutMs: 30_000 },
  );
}

describe.concurrent('images that the registry does not give, really caused', () => {
  let provoked: Provocation;
  beforeAll(async () => {
    provoked = await provoke(startRegistry);
  });
  afterAll(() => provoked[Symbol.asyncDispose]());

  const image = (path: string): string => `127.0.0.1:${registryPort}/${path}:1`;
  test('does not have the image', async () => {
    await provoked.launch('absent', { image: image('absent') });
    const { failure, status } = await provoked.failure('absent', 'ImageNotFound');
    expect(failure).toMatchObject({
      message: expect.stringContaining('not found') as string,
      remedy: 'Check its name and tag.',
    });
    expect(status.phase).toBe('Failed');
    expect(status.conditions?.find(({ type }) => type === 'ImagePulled')).toMatchObject({
      status: 'False',
      reason: 'ImageNotFound',
    });
  });
  test('wants a login', async () => {
    await provoked.launch('private', { image: image('private/x') });
    const { failure } = await provoked.failure('private', 'ImagePullDenied');
    expect(failure.remedy).toContain('spec.imagePullSecrets');
  });
  test('wants a login, and the pull secret is missing', async () => {
    await provoked.launch('secret', { image: image('private/y'), imagePullSecrets: [{ name: 'not-there' }] });
    const { failure } = await provoked.failure('secret', 'PullSecretMissing');
    expect(failure.message).toContain('(not-there)');
    expect(failure.remedy).toContain('kubectl create secret docker-registry');
  });
});
