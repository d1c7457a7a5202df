import { expect } from 'vitest';
import { localImages } from '#local-cluster/images.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { defaultValues } from '../../scripts/deploy/chart-values.ts';
import { imageContext, loadImage } from '../apps/image/load-image.ts';
import type { TestNamespace } from '../create-namespace.ts';
import { namespaceTest } from '../namespace.ts';
import { askForwarded } from './ask-forwarded.ts';
import { chart, openHelm } from './helm.ts';
import type { Helm } from './helm.ts';
import { hostImage } from './host-image.ts';
import { runInPod } from './run-in-pod.ts';

const minutes = 60_000;

/** The chart with the image of this checkout, as a release; disposing of it uninstalls it. */
async function install(namespace: TestNamespace, helm: Helm): Promise<AsyncDisposable> {
  const image = await loadImage(namespace, await hostImage(imageContext()));
  const [repository = '', tag = ''] = image.split(/:(?=[^:]+$)/);
  const values = { ...defaultValues('test'), image: { repository, tag, pullPolicy: 'Never' as const } };
  expect(await helm.run(['install', 'guildnet', chart], values)).toMatchObject({ code: 0, tail: '' });
  return {
    async [Symbol.asyncDispose]() {
      expect(await helm.run(['uninstall', 'guildnet'])).toMatchObject({ code: 0 });
    },
  };
}

namespaceTest(
  'a host in a pod, with the rights of the chart alone, launches a workspace and serves it',
  { timeout: 15 * minutes },
  async ({ namespace }) => {
    await using helm = await openHelm(namespace);
    await using installed = await install(namespace, helm);
    expect(installed).toBeDefined();
    const { core, name } = namespace;
    const readyPod = async () => {
      const { items } = await core.listNamespacedPod({
        namespace: name,
        labelSelector: 'app.kubernetes.io/name=guildnet',
      });
      return items.find(({ status }) =>
        status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True'),
      );
    };
    const pod = await waitUntil(readyPod, { what: 'the host to be ready', timeoutMs: 3 * minutes });
    const podName = pod.metadata?.name ?? '';
    const guildnet = (...args: string[]) => runInPod(namespace, podName, 'guildnet', ...args);

    const status = await guildnet('status', '--json');
    expect(JSON.parse(status.stdout)).toMatchObject({ cluster: { phase: 'online', namespace: name } });
    const launched = await guildnet('launch', localImages.echo, '--name', 'inside', '--no-home', '--json');
    expect([launched.status, launched.stderr]).toEqual(['Success', '']);
    const { id } = JSON.parse(launched.stdout) as { id: string };

    const state = '/var/lib/guildnet/state';
    const kept = async (pod: string, file: string): Promise<string> => {
      const { status, stdout, stderr } = await runInPod(namespace, pod, 'cat', `${state}/${file}`);
      expect([status, stderr]).toEqual(['Success', '']);
      return stdout;
    };
    const token = (await kept(podName, 'token')).trim();
    const ca = await kept(podName, 'certs/ca.crt');
    // From outside, as whoever forwards a port to it does.
    const servername = `${id}.localhost`;
    const headers = { host: `${servername}:8443`, 'proxy-authorization': `Bearer ${token}` };
    const asked = { pod: podName, port: 8443, servername, ca, path: '/a//b?c=%2F', headers };
    const answer = await askForwarded(namespace, asked);
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({ url: '/a//b?c=%2F' });

    // A pod that is replaced has its home again: the same token, the same authority.
    await core.deleteNamespacedPod({ namespace: name, name: podName });
    const next = await waitUntil(
      async () => {
        const found = await readyPod();
        return found?.metadata?.name === podName ? undefined : found;
      },
      { what: 'another pod of the host to be ready', timeoutMs: 3 * minutes },
    );
    const nextName = next.metadata?.name ?? '';
    expect((await kept(nextName, 'token')).trim()).toBe(token);
    expect(await kept(nextName, 'certs/ca.crt')).toBe(ca);
    const left = await runInPod(namespace, nextName, 'guildnet', 'rm', id, '--yes', '--json');
    expect(left.status).toBe('Success');
  },
);
