import { expect } from 'vitest';
import { imageLayout, type ImageManifest } from '#local-cluster/image/image-layout.ts';
import { shellImage } from '#local-cluster/image/small-images.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { imageContext, loadImage } from '#test/apps/image/load-image.ts';
import { namespaceTest } from '#test/namespace.ts';
import { runOperator } from '#test/operator/operator.ts';
import { isLoaded } from './pull-policy.ts';

/** As `docker save` writes a reference without registry and tag. It is small and stays in the tests' cluster. */
const name = 'docker.io/library/guildnet-loaded-by-hand:latest';

async function handMadeImage(): Promise<ImageManifest> {
  const layers = (await shellImage(imageContext())).layers.map(({ layer }) => layer);
  const settings = { entrypoint: ['/bin/sh'], user: '1000:1000', env: { PATH: '/bin' }, workingDir: '/' };
  return imageLayout(name, settings, layers, process.arch);
}

namespaceTest(
  'an image that was loaded into the cluster without a tag runs, and no registry is asked',
  async ({ namespace }) => {
    await loadImage(namespace, await handMadeImage());
    await waitUntil(async () => isLoaded(await namespace.core.listNode(), name), {
      what: 'the node to tell of the image',
      timeoutMs: 90_000,
    });
    await using operator = await runOperator(namespace);
    const spec = { command: ['sh', '-c', 'while :; do sleep 1; done'], probe: { kind: 'none' as const } };
    await operator.create('loaded', { ...spec, image: 'guildnet-loaded-by-hand' });
    await waitUntil(() => operator.world.workspaces.get('loaded')?.status?.phase === 'Running', {
      what: 'the loaded image to run',
      timeoutMs: 90_000,
    });
    const policy = operator.world.deployments.get('loaded')?.spec?.template.spec?.containers[0]?.imagePullPolicy;
    expect(policy).toBe('IfNotPresent');
  },
);
