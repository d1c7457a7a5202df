import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appImages } from '#test/apps/image/app-images.ts';
import { loadAppImage } from '#test/apps/image/load-app-image.ts';
import { loadImage } from '#test/apps/image/load-image.ts';
import { provoke } from '#test/failures/provoke.ts';
import type { Provocation } from '#test/failures/provoke.ts';
import { foreignImage } from '#test/foreign/foreign-images.ts';
import type { ForeignImage } from '#test/foreign/foreign-images.ts';

/** Images that nobody tuned for us, launched with nothing but their reference: they run, or the reason is true and its remedy works. */

/** The first time on a machine the images are made, which fetches packages. */
const makingMs = 15 * 60_000;

describe.concurrent('images that nobody tuned for us', () => {
  let provoked: Provocation;
  const launch = async (name: ForeignImage): Promise<void> =>
    provoked.launch(name, { image: await loadImage(provoked.namespace, await foreignImage(name)) });
  beforeAll(async () => {
    provoked = await provoke();
    // One after another, the small ones first: they share layers.
    for (const name of ['login', 'pod-address', 'from-scratch', 'wants-root', 'tls-8443'] as const) await launch(name);
  }, makingMs);
  afterAll(() => provoked[Symbol.asyncDispose]());

  test.for([
    ['a server that wants a login at /', 'login'],
    ['a server made from scratch by root, without a user or a home', 'from-scratch'],
  ] as const)('%s runs', { timeout: 180_000 }, async ([, name]) => {
    expect((await provoked.reached(name, 'Running')).lastError).toBeUndefined();
  });

  test('nginx as its makers ship it wants to be root, and a variant of it runs', { timeout: makingMs }, async () => {
    const { failure } = await provoked.failure('wants-root', 'ImageNeedsRoot');
    expect(failure.message).toMatch(/Permission denied/);
    expect(failure.remedy).toContain('Use a variant of the image that runs as an ordinary user (uid 1000)');
    const variant = await loadAppImage(provoked.namespace, appImages.nginx);
    await provoked.operator.patch('wants-root', { image: variant });
    expect((await provoked.reached('wants-root', 'Running')).lastError).toBeUndefined();
  });

  test('one that listens on 8443 alone is told so, and runs when that port is named', {
    timeout: 240_000,
  }, async () => {
    const { failure } = await provoked.failure('tls-8443', 'PortNotOpen');
    expect(failure.message).toContain('port 8080');
    expect(failure.remedy).toContain('Name the port that it listens on in spec.ports (--port)');
    await provoked.operator.patch('tls-8443', { ports: [{ containerPort: 8443 }] });
    expect((await provoked.reached('tls-8443', 'Running')).lastError).toBeUndefined();
  });

  test('one that listens on the pod’s own address alone is told so', { timeout: 180_000 }, async () => {
    const { failure } = await provoked.failure('pod-address', 'PodAddressOnly');
    expect(failure.remedy).toContain('0.0.0.0');
  });
});
