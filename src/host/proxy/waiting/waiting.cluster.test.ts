import { PatchStrategy } from '@kubernetes/client-node';
import { expect } from 'vitest';
import { annotations } from '#contract/annotations.ts';
import type { Server } from '#contract/server.ts';
import { workspaceApiVersion, workspaceKind } from '#contract/workspace.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { namespaceTest } from '#test/namespace.ts';
import { startHost } from '#test/host/started-host.ts';

const person = { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
const poll = { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' };
const patience = { timeoutMs: 60_000 };

namespaceTest(
  'a stopped workspace is woken by a person, and by a program if it was idle; a page left open wakes nothing',
  async ({ namespace }) => {
    await using started = await startHost({ kubeconfigPath: namespace.kubeconfigPath, namespace: namespace.name });
    await started.reached('online');
    const body = { image: 'guildnet.local/echo:1', name: 'nap' };
    const { id } = (await started.ask('/api/jobs', { method: 'POST', body })).json() as { id: string };
    const at = `https://${id}.localhost/x`;
    const phase = async (): Promise<string> => ((await started.ask(`/api/servers/${id}`)).json() as Server).phase;
    const reached = (wanted: string): Promise<boolean> =>
      waitUntil(async () => (await phase()) === wanted, { what: `${id} to be ${wanted}`, ...patience });
    const stop = async (): Promise<void> => {
      await started.ask(`/api/servers/${id}/stop`, { method: 'POST' });
      await reached('Stopped');
    };

    // It has just been launched: a program's request waits for it.
    expect((await started.ask(at, { method: 'POST', body: 'early' })).json()).toMatchObject({ bodyLength: 5 });

    await stop();
    const polled = await started.ask(at, { headers: poll });
    expect([polled.status, polled.headers['retry-after']]).toEqual([503, '5']);
    expect(polled.json()).toMatchObject({ code: 'not_ready', details: { phase: 'Stopped' } });
    expect((await started.ask(at)).status).toBe(503);
    expect(await phase()).toBe('Stopped');
    // A person's navigation may find it starting still after the time that it waits; then it is the page that goes on looking.
    const opened = await started.ask(at, { headers: person });
    expect([200, 503]).toContain(opened.status);
    await reached('Running');

    await stop();
    await namespace.objects.patch(
      {
        apiVersion: workspaceApiVersion,
        kind: workspaceKind,
        metadata: {
          name: id,
          namespace: namespace.name,
          annotations: { [annotations.stopReason]: 'Idle: as this test has it.' },
        },
      },
      undefined,
      undefined,
      undefined,
      undefined,
      PatchStrategy.MergePatch,
    );
    await waitUntil(
      async () => ((await started.ask(`/api/servers/${id}`)).json() as Server).stop_reason !== undefined,
      { what: 'the reason', ...patience },
    );
    expect((await started.ask(at, { headers: poll })).status).toBe(503);
    expect(await phase()).toBe('Stopped');
    await started.ask(at);
    await reached('Running');
    expect(started.lines.filter((line) => line.includes('A request wakes a stopped workspace')).length).toBe(2);
  },
);
