import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Forward } from '#contract/forwards.ts';
import { localImages } from '#local-cluster/images.ts';
import { guildnet } from '#test/guildnet.ts';
import { startHeadlessHost } from '#test/headless-host.ts';
import { namespaceTest } from '#test/namespace.ts';

namespaceTest(
  'a port that was forwarded on the command line is answered at once by a host that was stopped for a while, as a laptop that sleeps is',
  { timeout: 240_000 },
  async ({ namespace }) => {
    await using host = await startHeadlessHost({ kubeconfigPath: namespace.kubeconfigPath, namespace: namespace.name });
    const run = async (...args: string[]): Promise<string> => {
      const { code, stdout, stderr } = await guildnet(host.home, ...args);
      expect({ args, code, stderr }).toEqual({ args, code: 0, stderr: expect.any(String) as string });
      return stdout;
    };
    // It waits until it runs.
    await run('launch', localImages.echo, '--name', 'box', '--no-home');
    const [made] = JSON.parse(await run('forward', 'box', '0:8080', '--json')) as Forward[];
    const ask = async (): Promise<string> => {
      const request = httpRequest({ host: '127.0.0.1', port: made?.local_port ?? 0, path: '/awake', agent: false });
      request.end();
      const [response] = (await once(request, 'response')) as [IncomingMessage];
      return text(response);
    };
    expect(await ask()).toContain('"url":"/awake"');
    host.child.kill('SIGSTOP');
    try {
      // Taken by the kernel meanwhile.
      const asked = ask();
      // Longer than a kept session is believed to be there without being asked.
      await delay(13_000);
      host.child.kill('SIGCONT');
      expect(await asked).toContain('"url":"/awake"');
    } finally {
      host.child.kill('SIGCONT');
    }
    expect(await run('ports', 'box')).toMatch(/^8080 +http +TCP +yes /m);
    expect(await run('forwards', 'rm', made?.id ?? '')).toBe(`${made?.id ?? ''} stopped\n`);
    await expect(ask()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  },
);
