import { getEventMeta, withEventMeta } from '@orpc/server';
import { expect, test } from 'vitest';
import type { HostEvent } from '#contract/events.ts';
import { hostStatusSchema } from '#contract/host-status.ts';
import type { WorkspaceChange } from '#contract/workspace-changes.ts';
import { changesFor, eventsFor, shownTo } from './shown-to.ts';
import { noAssetCache } from '../proxy/asset-cache/asset-cache.ts';

const server = (id: string) => ({ id, name: id, image: 'a', status: 'running', phase: 'Running' }) as const;
const home = (id: string) => ({ id, state: 'kept' }) as never;
const snapshot = (...ids: string[]): HostEvent => ({
  type: 'snapshot',
  servers: ids.map(server),
  homes: ids.map(home),
  cluster: { phase: 'online' } as never,
});

const refused = (): [] => [];

async function told(events: HostEvent[], sees: (id: string) => boolean): Promise<string[]> {
  const source = async function* (): AsyncGenerator<HostEvent> {
    await Promise.resolve();
    yield* events;
  };
  const seen: string[] = [];
  for await (const event of eventsFor(source(), { sees, refused, administers: false })) {
    const ids = event.type === 'snapshot' ? event.servers.map(({ id }) => id).join() : '';
    const { id = ids } = {
      ...('server' in event ? event.server : {}),
      ...('home' in event ? event.home : {}),
      ...event,
    } as {
      id?: string;
    };
    seen.push(`${event.type} ${id}`.trim());
  }
  return seen;
}

test('a watcher hears only of what they may see', async () => {
  const events: HostEvent[] = [
    snapshot('a', 'b'),
    { type: 'upsert', server: server('a') },
    { type: 'upsert', server: server('b') },
    { type: 'home', home: home('b') },
    { type: 'delete', id: 'b' },
    { type: 'home-delete', id: 'b' },
    { type: 'cluster', cluster: { phase: 'online' } as never },
    { type: 'delete', id: 'a' },
  ];
  expect(await told(events, (id) => id === 'a')).toEqual(['snapshot a', 'upsert a', 'cluster', 'delete a']);
});

test('what they may not see any more is gone, once', async () => {
  let allowed = true;
  const sees = (): boolean => {
    const now = allowed;
    allowed = false;
    return now;
  };
  const events: HostEvent[] = [
    { type: 'upsert', server: server('a') },
    { type: 'upsert', server: server('a') },
    { type: 'upsert', server: server('a') },
    { type: 'delete', id: 'a' },
  ];
  expect(await told(events, sees)).toEqual(['upsert a', 'delete a']);
});

test('lists and pages are without the rest', () => {
  const sees = { sees: (id: string): boolean => id === 'a', refused, administers: false };
  expect(shownTo.servers([{ id: 'a' }, { id: 'b' }], sees)).toEqual([{ id: 'a' }]);
  expect(shownTo.page({ items: [{ id: 'b' }, { id: 'a' }], next: 'n' }, sees)).toEqual({
    items: [{ id: 'a' }],
    next: 'n',
  });
});

const urls = {
  control: 'https://box.tail.test',
  workspace: (id: string, port?: number) => `https://box.tail.test:${String(port ?? 20_000)}/${id}`,
  reachable: () => Promise.reject(new Error('Not asked here.')),
};
const peer = { sees: (id: string): boolean => id === 'a', refused, administers: false, urls };

test('a peer finds workspaces where they are for peers', () => {
  const one = {
    ...server('a'),
    ide_url: 'https://a.localhost/',
    ports: [{ port: 80, url: 'https://x' }, { port: 53 }],
  };
  expect(shownTo.server(one, peer)).toMatchObject({
    ide_url: 'https://box.tail.test:20000/a',
    ports: [{ port: 80, url: 'https://box.tail.test:80/a' }, { port: 53 }],
  });
  expect(JSON.stringify(shownTo.servers([one], peer))).not.toContain('localhost');
  const resource = { id: 'a', status: { url: 'https://a.localhost/' } };
  expect(shownTo.resource(resource, peer)).toEqual({ id: 'a', status: { url: 'https://box.tail.test:20000/a' } });
  expect(shownTo.patched({ workspace: resource, changed: [] }, peer)).toMatchObject({
    changed: [],
    workspace: { status: { url: 'https://box.tail.test:20000/a' } },
  });
  expect(shownTo.ports([{ port: 80, url: 'https://x' }, { port: 81 }], { ...peer, id: 'a' })).toEqual([
    { port: 80, url: 'https://box.tail.test:80/a' },
    { port: 81 },
  ]);
});

test('who sees some workspaces hears of these in the stream of all, and nothing is numbered', async () => {
  let mayA = true;
  const workspace = (id: string) => ({ id, status: { url: 'https://x' } }) as never;
  const source = async function* (): AsyncGenerator<WorkspaceChange> {
    await Promise.resolve();
    yield withEventMeta({ type: 'list' as const, items: [workspace('a'), workspace('b')] }, { id: 'v-1' });
    yield withEventMeta({ type: 'changed' as const, workspace: workspace('b') }, { id: 'v-2' });
    yield { type: 'changed', workspace: workspace('a') };
    yield { type: 'deleted', id: 'b' };
    mayA = false;
    yield { type: 'changed', workspace: workspace('a') };
    yield { type: 'changed', workspace: workspace('a') };
    yield { type: 'deleted', id: 'a' };
    yield { type: 'notice', notice: 'dropped', message: 'Too slow.' };
  };
  const heard: string[] = [];
  const sees = (id: string): boolean => id === 'a' && mayA;
  for await (const change of changesFor(source(), { ...peer, sees })) {
    expect(getEventMeta(change)).toBeUndefined();
    const ids = change.type === 'list' ? change.items.map(({ id }) => id).join() : '';
    heard.push(
      `${change.type} ${change.type === 'changed' ? change.workspace.id : change.type === 'deleted' ? change.id : ids}`.trim(),
    );
  }
  expect(heard).toEqual(['list a', 'changed a', 'deleted a', 'notice']);
});

test.each([
  [false, { mode: 'embedded', phase: 'running', name: 'box', addresses: ['100.64.0.1'] }],
  [true, { mode: 'embedded', phase: 'running', name: 'box', addresses: ['100.64.0.1'], login: 'anna', tags: [] }],
])('a peer who administers: %s; how to log the host in is told to neither', (administers, shown) => {
  const state = { ...shown, login: 'anna', tags: [], login_url: 'https://head.test/register/1' };
  expect(shownTo.tailnet(state, { ...peer, administers })).toEqual(shown);
});

test('how the host fares, for a peer: whether it can be worked with', () => {
  const problem = { code: 'refused', message: '/home/me/.kube/config is unusable', remedy: 'Mend it.' };
  const status = {
    url: 'https://localhost:8080',
    started_at: '2027-01-01T00:00:00Z',
    ready: true,
    versions: { guildnet: '1', node: '24', crd: 1 },
    cluster: { phase: 'refused', context: 'mine', server: 'https://10.0.0.1', problem, local: { available: true } },
    lease: { held_by: 'another-host', holder: 'my-laptop' },
    transport: {
      kind: 'channels',
      why: 'The gateway at 10.0.0.1 refused spdy.',
      losses: [],
      ways: [
        { kind: 'spdy', state: 'shut', why: '10.0.0.1 closed it', again_at: '2027-01-01T00:00:00Z' },
        { kind: 'channels', state: 'works' },
      ],
    },
    connections: { totals: [], pods: [], more: 0 },
    assets: { ...noAssetCache, state: 'resting', why: 'The folder /home/me/.kube is full.', hits: 7 },
    tailnet: { mode: 'embedded', phase: 'running', login_url: 'https://head.test/register/1' },
    workspaces: { Running: 3 },
    degraded: [problem],
  };
  const forPeer = hostStatusSchema.parse(shownTo.status(status, peer));
  expect(forPeer).toMatchObject({ url: urls.control, ready: true, cluster: { phase: 'refused' }, degraded: [] });
  expect(forPeer.assets).toEqual({ ...noAssetCache, state: 'resting' });
  expect(JSON.stringify(forPeer)).not.toMatch(/kube|mine|10\.0|laptop|register|Running/);
  const forAdmin = JSON.stringify(shownTo.status(status, { ...peer, administers: true }));
  expect(forAdmin).toContain('unusable');
  expect(forAdmin).not.toContain('register');
});

test('what they may not do with a workspace or home stands on it, wherever it is shown', async () => {
  const refusal = { what: 'stop', rule: 'no-grant', reason: 'No grant gives you the action stop.' } as const;
  const viewer = { ...peer, refused: (id: string) => (id === 'a' ? [refusal] : []), sees: () => true };
  const marked = { refused: [refusal] };
  expect(shownTo.servers([server('a'), server('b')], viewer)).toMatchObject([marked, { id: 'b' }]);
  expect(shownTo.server(server('b'), viewer)).not.toHaveProperty('refused');
  expect(shownTo.homes([{ id: 'a', state: 'kept' }], viewer)).toMatchObject([marked]);
  const resource = { id: 'a', status: { url: 'https://x' } };
  expect(shownTo.resource(resource, viewer)).toMatchObject(marked);
  expect(shownTo.page({ items: [resource] }, viewer)).toMatchObject({ items: [marked] });
  const source = async function* (): AsyncGenerator<HostEvent> {
    await Promise.resolve();
    yield { type: 'snapshot', servers: [server('a')], homes: [home('a')], cluster: { phase: 'online' } as never };
    yield { type: 'upsert', server: server('a') };
    yield { type: 'home', home: home('a') };
  };
  const events: HostEvent[] = [];
  for await (const event of eventsFor(source(), viewer)) events.push(event);
  expect(events).toMatchObject([{ servers: [marked], homes: [marked] }, { server: marked }, { home: marked }]);
});
