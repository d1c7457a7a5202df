import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import { deriveKubeconfig } from '#test/kube/kubeconfig.ts';
import { buildTimeoutMs, tailnetNodeProgram } from '#test/tailnet/headscale-program.ts';
import { startHeadscale } from '#test/tailnet/headscale.ts';
import type { Headscale } from '#test/tailnet/headscale.ts';
import { startHostOnTailnet } from '#test/tailnet/host-on-tailnet.ts';
import { startOwnTailscaled } from '#test/tailnet/own-tailscaled.ts';
import { namespaceTest } from '#test/namespace.ts';

let headscale: Headscale;
let program: string;

beforeAll(async () => {
  program = await tailnetNodeProgram();
  headscale = await startHeadscale();
}, buildTimeoutMs);
afterAll(() => headscale?.[Symbol.asyncDispose]());

namespaceTest(
  'the API server and targets of the proxy may be in the tailnet, by names that nobody else knows',
  async ({ namespace }) => {
    // In user space, tailscaled hands what comes to a port of its address to that port of its machine's loopback.
    await using there = await startOwnTailscaled(headscale, { user: 'alice', hostname: 'far-cluster' });
    expect(there.name).toBe('far-cluster.tail.test');
    const { port } = new URL(namespace.kubeConfig.getCurrentCluster()?.server ?? '');
    await using kubeconfig = await deriveKubeconfig(namespace.kubeconfigPath, {
      cluster: { server: `https://${there.name}:${port}`, 'tls-server-name': 'kubernetes.default' },
    });
    const page = createServer((request, response) =>
      response.end(`${request.headers.host ?? ''} ${request.url ?? ''}`),
    );
    page.listen(0, '127.0.0.1');
    await once(page, 'listening');
    onTestFinished(() => void page.close());
    const target = `${there.name}:${String((page.address() as AddressInfo).port)}`;
    const { started, state } = await startHostOnTailnet(headscale, program, {
      hostname: 'from-afar',
      kubeconfigPath: kubeconfig.path,
      namespace: namespace.name,
      env: { PROXY_TARGETS: target, PROXY_ALLOW_ANY_TARGET: 'true', PROXY_ORIGIN_MODE: 'path' },
    });
    onTestFinished(() => started[Symbol.asyncDispose]());
    await started.reached('online');
    expect(await started.host.client.cluster.get()).toMatchObject({ server: `https://${there.name}:${port}` });

    expect((await started.ask(`/proxy?to=${target}&path=/a%2Fb`)).text).toBe(`${target} /a%2Fb`);
    // What is served at our own address there is ourselves.
    const own = await started.ask(`/proxy?to=${state.name ?? ''}:443&path=/`);
    expect([own.status, own.text]).toEqual([403, expect.stringContaining('this very host')]);
  },
);
