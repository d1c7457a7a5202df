import { expect, test } from 'vitest';
import type { HostClient } from '#contract/routes.ts';
import { aimedClient, aimedPath } from './aimed-client.ts';
import type { Aim } from './aimed-client.ts';

const aim: Aim = {
  name: 'arn:aws/two',
  label: 'two',
  state: { phase: 'online', source: 'kubeconfig', context: 'arn:aws/two', local: { available: false } },
};
const all = ['box', 'box@two', 'far@two', 'box@three'];

/** A client that says what it was asked, and has these workspaces. */
function recorded(): { client: HostClient; asked: [string, unknown][] } {
  const asked: [string, unknown][] = [];
  const answers: Record<string, unknown> = {
    'workspaces.list': all.map((id) => ({ id })),
    'resources.list': { items: all.map((id) => ({ id })), next: 'more' },
    'forwards.list': all.map((workspace) => ({ workspace })),
  };
  const at = (path: readonly string[]): unknown =>
    new Proxy(() => undefined, {
      get: (_target, part) => at([...path, String(part)]),
      apply(_target, _self, [input]: [unknown]) {
        asked.push([path.join('.'), input]);
        return Promise.resolve(answers[path.join('.')]);
      },
    });
  return { client: at([]) as HostClient, asked };
}

test('names without a context are of the one that is meant, and launches go there', async () => {
  const { client, asked } = recorded();
  const aimed = aimedClient(client, aim);
  await aimed.workspaces.stop({ id: 'box' });
  await aimed.workspaces.stop({ id: 'box@three' });
  await aimed.resources.patch({ params: { id: 'box' }, body: {} });
  await aimed.logs.follow({ target: 'box' });
  await aimed.access.canI({ action: 'open', workspace: 'box' });
  await aimed.resources.create({ image: 'alpine' });
  await aimed.presets.list();
  expect(asked).toEqual([
    ['workspaces.stop', { id: 'box@two' }],
    ['workspaces.stop', { id: 'box@three' }],
    ['resources.patch', { params: { id: 'box@two' }, body: {} }],
    ['logs.follow', { target: 'box@two' }],
    ['access.canI', { action: 'open', workspace: 'box@two' }],
    ['resources.create', { image: 'alpine', context: 'arn:aws/two' }],
    ['presets.list', undefined],
  ]);
});

test('lists have what is in it', async () => {
  const { client } = recorded();
  const aimed = aimedClient(client, aim);
  expect((await aimed.workspaces.list()).map(({ id }) => id)).toEqual(['box@two', 'far@two']);
  const page = await aimed.resources.list({});
  expect([page.items.map(({ id }) => id), page.next]).toEqual([['box@two', 'far@two'], 'more']);
  expect((await aimed.forwards.list()).map(({ workspace }) => workspace)).toEqual(['box@two', 'far@two']);
  expect(await aimed.cluster.get()).toBe(aim.state);
});

test('what is about the context in use alone is refused', async () => {
  const { client, asked } = recorded();
  await expect(aimedClient(client, aim).all.stopAll()).rejects.toMatchObject({ code: 'conflict' });
  expect(asked).toEqual([]);
});

test.each([
  ['/api/workspaces/box/exec', '/api/workspaces/box%40two/exec'],
  ['/api/workspaces/box%40three/exec', '/api/workspaces/box%40three/exec'],
  ['/api/workspaces/box/terminal?x=1', '/api/workspaces/box%40two/terminal?x=1'],
])('%s', (path, aimed) => {
  expect(aimedPath(path, aim)).toBe(aimed);
});
