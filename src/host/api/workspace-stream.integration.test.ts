import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { workspaceChangeSchema } from '#contract/workspace-changes.ts';
import type { WorkspaceChange } from '#contract/workspace-changes.ts';
import { workspacePageSchema, workspaceResourceSchema } from '#contract/workspace-resource.ts';
import type { WorkspaceResource } from '#contract/workspace-resource.ts';
import { readEvents } from '#test/host/read-events.ts';
import { startHost } from '#test/host/started-host.ts';
import type { StartedHost, StartedHostOptions } from '#test/host/started-host.ts';
import { namespaceTest } from '#test/namespace.ts';

type Namespace = { name: string; kubeconfigPath: string };

async function online({ name, kubeconfigPath }: Namespace, more: StartedHostOptions = {}): Promise<StartedHost> {
  const started = await startHost({ kubeconfigPath, namespace: name, ...more });
  await started.reached('online');
  return started;
}

async function launch(started: StartedHost, name: string): Promise<string> {
  const answer = await started.ask('/api/workspaces', { method: 'POST', body: { image: 'alpine:1', name } });
  return workspaceResourceSchema.parse(answer.json()).id;
}

/** What a reader knows after these changes. */
class Known {
  readonly workspaces = new Map<string, WorkspaceResource>();
  lastId: string | undefined;
  readonly types: string[] = [];

  take(id: string | undefined, change: WorkspaceChange): void {
    this.lastId = id ?? this.lastId;
    this.types.push(change.type);
    if (change.type === 'list') {
      this.workspaces.clear();
      for (const one of change.items) this.workspaces.set(one.id, one);
    } else if (change.type === 'changed') this.workspaces.set(change.workspace.id, change.workspace);
    else if (change.type === 'deleted') this.workspaces.delete(change.id);
  }

  /** Reads until what is known is as it shall be, then breaks the connection off. */
  async readUntil(started: StartedHost, isEnough: (known: Known) => boolean): Promise<void> {
    for await (const { id, data } of readEvents(started, '/sse/workspaces', this.lastId)) {
      this.take(id, workspaceChangeSchema.parse(data));
      if (isEnough(this)) return;
    }
    throw new Error(`The stream ended after ${this.types.join(' ')}.`);
  }
}

namespaceTest('the list comes first, then what changes, and who comes back misses nothing', async ({ namespace }) => {
  await using started = await online(namespace);
  // As long as somebody reads, no change is forgotten: on a busy machine a minute is soon over.
  const always = readEvents(started, '/sse/workspaces');
  await always.next();
  const first = await launch(started, 'first');
  const known = new Known();
  await known.readUntil(started, ({ workspaces }) => workspaces.has(first));
  expect(known.types[0]).toBe('list');

  // While nobody reads.
  const second = await launch(started, 'second');
  expect((await started.ask(`/api/workspaces/${first}`, { method: 'DELETE' })).status).toBe(200);
  await known.readUntil(started, ({ workspaces }) => workspaces.has(second) && !workspaces.has(first));
  expect(known.types.filter((type) => type === 'list')).toHaveLength(1);

  const patch = { method: 'PATCH', body: { labels: { team: 'red' } } };
  expect((await started.ask(`/api/workspaces/${second}`, patch)).status).toBe(200);
  await known.readUntil(started, ({ workspaces }) => workspaces.get(second)?.labels['team'] === 'red');

  // What is told adds up to what is listed, and to what a new reader is told.
  await expect
    .poll(
      async () => {
        const anew = new Known();
        await anew.readUntil(started, () => true);
        const page = workspacePageSchema.parse((await started.ask('/api/workspaces')).json());
        return [anew.types, [...anew.workspaces.values()].map(({ id }) => id), page.items.map(({ id }) => id)];
      },
      { timeout: 30_000 },
    )
    .toEqual([['list'], [second], [second]]);
  await always.return();
});

namespaceTest('many readers are told the same, and a new session is told as a new list', async ({ namespace }) => {
  await using started = await online(namespace);
  const id = await launch(started, 'box');
  await new Known().readUntil(started, ({ workspaces }) => workspaces.has(id));
  const readers = Array.from({ length: 20 }, () => new Known());
  const waiting = Promise.all(
    readers.map((one) => one.readUntil(started, ({ types }) => types.filter((type) => type === 'list').length === 2)),
  );
  // All of them are connected.
  await expect.poll(() => readers.every(({ types }) => types[0] === 'list'), { timeout: 60_000 }).toBe(true);
  expect((await started.ask('/api/cluster/retry', { method: 'POST' })).status).toBe(200);
  await waiting;
  for (const one of readers) expect([...one.workspaces.keys()]).toEqual([id]);
});

namespaceTest('an EventSource reads it, and goes on by itself', async ({ namespace }) => {
  // It can send no token.
  await using started = await online(namespace, { env: { LOCAL_AUTH: 'off' } });
  const caFile = join(started.home, 'test-ca.pem');
  await writeFile(caFile, started.ca);
  const program = fileURLToPath(new URL('../../../test/logs/event-source.mjs', import.meta.url));
  const child = spawn(
    process.execPath,
    ['--experimental-eventsource', '--no-warnings', program, `${started.url}/sse/workspaces`],
    { env: { ...process.env, NODE_EXTRA_CA_CERTS: caFile }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (printed += chunk));
  const changes = (): WorkspaceChange[] =>
    printed
      .split('\n')
      .slice(0, -1)
      .filter((line) => line !== 'open')
      .map((line) => workspaceChangeSchema.parse(JSON.parse(line)));
  try {
    await expect.poll(() => changes()[0], { timeout: 60_000 }).toEqual({ type: 'list', items: [] });
    const id = await launch(started, 'box');
    await expect
      .poll(() => changes().some((one) => one.type === 'changed' && one.workspace.id === id), { timeout: 60_000 })
      .toBe(true);
  } finally {
    child.kill('SIGKILL');
  }
});

test('without a cluster there is nothing to follow, and unknown parameters are named', async () => {
  await using started = await startHost();
  await started.reached('none');
  const refused = async (target: string, method = 'GET'): Promise<unknown> => {
    const { status, json } = await started.ask(target, { method });
    return [status, json()];
  };
  expect(await refused('/sse/workspaces')).toEqual([503, expect.objectContaining({ code: 'no_cluster' })]);
  expect(await refused('/sse/workspaces?labels=a')).toEqual([
    400,
    expect.objectContaining({ code: 'bad_body', message: 'The request is not valid: Unrecognized key: "labels"' }),
  ]);
  expect(await refused('/sse/workspaces', 'POST')).toEqual([
    405,
    expect.objectContaining({ code: 'method_not_allowed' }),
  ]);
});
