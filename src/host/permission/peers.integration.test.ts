import { once } from 'node:events';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { expect, vi } from 'vitest';
import { auditListSchema } from '#contract/audit.ts';
import { capabilityKind, capabilityPlural } from '#contract/capability.ts';
import { errorBodySchema } from '#contract/errors.ts';
import { decisionSchema } from '#contract/grant.ts';
import type { Peer } from '#contract/identity.ts';
import { callerSchema } from '#contract/refusals.ts';
import { serverSchema } from '#contract/server.ts';
import { policyViewSchema, shareSchema } from '#contract/shares.ts';
import { workspaceApiVersion } from '#contract/workspace.ts';
import type { TestNamespace } from '#test/create-namespace.ts';
import { namespaceTest } from '#test/namespace.ts';
import { startHost } from '#test/host/started-host.ts';
import type { Answer, Ask, StartedHost } from '#test/host/started-host.ts';

/*
 * Peers come by other addresses of the loopback here, and are who these tests say; all else is the host as it is. That a connection
 * of the tailnet is resolved by whois is tried with the tailnet.
 */
const patience = { timeout: 60_000, interval: 50 };
const anna = '127.0.0.2';
const bob = '127.0.0.3';
const peers: Record<string, Peer> = Object.fromEntries(
  [
    [anna, 'anna'],
    [bob, 'bob'],
  ].map(([address = '', login = '']) => [
    address,
    { kind: 'peer', login, device: { name: `${login}s-phone`, id: `n-${login}` }, tags: [], capabilities: [] },
  ]),
);

async function online(namespace: TestNamespace): Promise<StartedHost> {
  const started = await startHost({
    kubeconfigPath: namespace.kubeconfigPath,
    namespace: namespace.name,
    peerOf: ({ remoteAddress = '' }) => Promise.resolve(peers[remoteAddress]),
  });
  await started.reached('online');
  return started;
}

/** Asks as this peer, who shows the host's token as well: it makes nobody else of them. */
const as = (started: StartedHost, from: string, path: string, ask: Ask = {}): Promise<Answer> =>
  started.ask(path, { ...ask, from });

/** The status and, of a refusal, the rule. */
function verdict(answer: Answer): [number, unknown] {
  if (answer.status < 400) return [answer.status, undefined];
  const { code, details } = errorBodySchema.parse(answer.json());
  return [answer.status, details?.['rule'] ?? code];
}

async function launch(started: StartedHost, from: string, body: object = { image: 'alpine' }): Promise<string> {
  const answer = await as(started, from, '/api/jobs', { method: 'POST', body });
  expect([answer.status, answer.text]).toEqual([202, expect.any(String)]);
  return (answer.json() as { id: string }).id;
}

const idsFor = async (started: StartedHost, from: string): Promise<string[]> =>
  serverSchema
    .array()
    .parse((await as(started, from, '/api/servers')).json())
    .map(({ id }) => id)
    .toSorted();

async function grant(namespace: TestNamespace, name: string, spec: object): Promise<void> {
  await namespace.custom.createNamespacedCustomObject({
    group: 'guildnet.io',
    version: 'v1alpha1',
    plural: capabilityPlural,
    namespace: namespace.name,
    body: { apiVersion: workspaceApiVersion, kind: capabilityKind, metadata: { name }, spec },
  });
}

function raw(started: StartedHost, from: string, path: string, headers: Record<string, string> = {}): ClientRequest {
  const where = started.to(path);
  const request = httpsRequest({ ...where, localAddress: from, headers: { ...where.headers, ...headers } });
  request.end();
  return request;
}

async function upgradeStatus(started: StartedHost, from: string, path: string): Promise<number | undefined> {
  const request = raw(started, from, path, {
    connection: 'Upgrade',
    upgrade: 'websocket',
    origin: started.url,
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.resume();
  return response.statusCode;
}

namespaceTest('without a policy, what destroys is for the owner and the local user', async ({ namespace }) => {
  await using started = await online(namespace);
  const hers = await launch(started, anna);
  const mine = await launch(started, '127.0.0.1');
  const shown = serverSchema.array().parse((await as(started, bob, '/api/servers')).json());
  const owners = Object.fromEntries(shown.map(({ id, owner }) => [id, owner?.replace(/^local:.*/, 'local')]));
  expect(owners).toEqual({ [hers]: 'user:anna', [mine]: 'local' });
  const refused = ({ refused: all = [] }: { refused?: readonly { what: string }[] | undefined }): string[] =>
    all.map(({ what }) => what);
  expect(shown.map(refused)).toEqual([
    ['stop', 'delete', 'admin', 'share'],
    ['stop', 'delete', 'admin', 'share'],
  ]);
  const own = serverSchema.parse((await as(started, anna, `/api/servers/${hers}`)).json());
  expect(refused(own)).toEqual(['admin']);
  const her = callerSchema.parse((await as(started, anna, '/api/me')).json());
  expect(her).toMatchObject({ who: 'user:anna', local: false, device: 'annas-phone' });
  expect(refused(her)).toEqual(['admin']);
  const me = callerSchema.parse((await started.ask('/api/me')).json());
  expect(me).toEqual({ who: expect.stringMatching(/^local:/) as string, local: true });
  expect(JSON.stringify((await started.ask('/api/servers')).json())).not.toContain('refused');
  const post = { method: 'POST' } as const;
  const denied = [403, 'open-door/destructive'];
  expect(verdict(await as(started, bob, `/api/servers/${hers}/stop`, post))).toEqual(denied);
  expect(verdict(await as(started, bob, `/api/servers/${mine}`, { method: 'DELETE' }))).toEqual(denied);
  expect(verdict(await as(started, anna, '/api/stop-all', post))).toEqual(denied);
  expect(verdict(await as(started, anna, '/metrics'))).toEqual(denied);
  expect(verdict(await as(started, anna, '/api/links', post))).toEqual([403, 'local-user']);
  expect(verdict(await as(started, anna, '/proxy?to=127.0.0.1:1&path=/'))).toEqual(denied);
  // Not a Service that is no workspace, either.
  expect(verdict(await as(started, anna, '/proxy/server/kubernetes/'))).toEqual([404, 'not_found']);

  const patch = (spec: object, from = anna): Promise<Answer> =>
    as(started, from, `/api/workspaces/${hers}`, { method: 'PATCH', body: { spec } });
  expect(verdict(await patch({ serviceAccountName: 'default' }))).toEqual([403, 'open-door#serviceAccounts']);
  expect(verdict(await patch({ nodeSelector: { gpu: 'yes' } }))).toEqual([403, 'open-door#nodeSelector']);
  expect(verdict(await patch({ envFrom: [{ secretRef: { name: 'x' } }] }))).toEqual([403, 'open-door#secrets']);
  expect(verdict(await patch({ owner: 'user:bob' }))).toEqual(denied);
  expect(verdict(await patch({ ttl: '9h' }, bob))).toEqual(denied);
  expect(verdict(await patch({ ttl: '9h' }))).toEqual([200, undefined]);
  expect(verdict(await patch({ serviceAccountName: 'default' }, '127.0.0.1'))).toEqual([200, undefined]);
  const kept = (await as(started, anna, `/api/workspaces/${hers}`)).json() as { spec: { owner: string } };
  expect(kept.spec.owner).toBe('user:anna');

  expect(verdict(await as(started, anna, `/api/servers/${hers}/stop`, post))).toEqual([200, undefined]);
  const events = async (): Promise<string[]> =>
    (await namespace.core.listNamespacedEvent({ namespace: namespace.name })).items.map(
      ({ reason = '', message = '' }) => `${reason}: ${message}`,
    );
  await vi.waitFor(
    async () => expect(await events()).toContain('PeerStop: user:anna (annas-phone): workspaces.stop'),
    patience,
  );
  expect(verdict(await as(started, anna, `/api/servers/${hers}`, { method: 'DELETE' }))).toEqual([200, undefined]);

  const audit = auditListSchema.parse((await started.ask('/api/audit')).json());
  const lines = audit.map(({ who, call, workspace, decision, rule }) => [who, call, workspace, decision, rule]);
  expect(lines).toEqual(
    expect.arrayContaining([
      ['user:anna', 'workspaces.create', hers, 'allowed', 'open-door'],
      ['user:bob', 'workspaces.stop', hers, 'denied', 'open-door/destructive'],
      ['user:anna', 'workspaces.delete', hers, 'allowed', 'open-door/owner'],
      ['user:anna', 'resources.patch', hers, 'denied', 'open-door#nodeSelector'],
    ]),
  );
  expect(verdict(await as(started, anna, '/api/audit'))).toEqual(denied);
  expect(started.lines.join('')).toContain('There is no Capability');
});

namespaceTest(
  'a share gives what it names, takes from nobody, and ends with what it has opened',
  async ({ namespace }) => {
    await using started = await online(namespace);
    const hers = await launch(started, anna);
    const shares = `/api/workspaces/${hers}/shares`;
    const post = (body: object, from: string): Promise<Answer> => as(started, from, shares, { method: 'POST', body });
    const stop = (): Promise<Answer> => as(started, bob, `/api/servers/${hers}/stop`, { method: 'POST' });
    expect(verdict(await post({ with: 'bob', can: 'admin' }, bob))).toEqual([403, 'open-door/destructive']);
    expect(verdict(await post({ with: 'bob bill' }, anna))).toEqual([400, 'bad_request']);

    const share = shareSchema.parse((await post({ with: 'bob', can: 'admin', until: '1h' }, anna)).json());
    expect(share).toMatchObject({
      workspace: hers,
      with: { kind: 'User', name: 'bob' },
      can: 'admin',
      by: 'user:anna',
    });
    expect(verdict(await stop())).toEqual([200, undefined]);
    const listed = async (from: string): Promise<string[]> =>
      shareSchema
        .array()
        .parse((await as(started, from, '/api/shares')).json())
        .map(({ id }) => id);
    expect([await listed(anna), await listed(bob)]).toEqual([[share.id], [share.id]]);
    // It is no policy: what everybody may they may still.
    expect(verdict(await as(started, bob, '/api/jobs', { method: 'POST', body: { image: 'alpine' } }))[0]).toBe(202);
    const policy = policyViewSchema.parse((await started.ask('/api/capabilities')).json());
    expect(policy).toMatchObject({ state: 'none', capabilities: [{ name: share.id, shares: hers, ended: false }] });

    // The same again is another in its place, and with its end comes that of the right.
    const watching = raw(started, bob, '/api/watch');
    const [stream] = (await once(watching, 'response')) as [IncomingMessage];
    // However it ends.
    const ended = Promise.allSettled([once(stream.resume(), 'close')]);
    const again = shareSchema.parse((await post({ with: 'bob', can: 'admin', until: '2s' }, anna)).json());
    expect(again.id).toBe(share.id);
    await ended;
    await vi.waitFor(async () => expect(verdict(await stop())).toEqual([403, 'open-door/destructive']), patience);
    expect(verdict(await post({ with: 'bob', can: 'admin' }, anna))).toEqual([201, undefined]);
    expect(verdict(await stop())).toEqual([200, undefined]);
    const one = `${shares}/${share.id}`;
    expect(verdict(await as(started, bob, one, { method: 'DELETE' }))).toEqual([403, 'open-door/destructive']);
    expect(verdict(await as(started, anna, one, { method: 'DELETE' }))).toEqual([200, undefined]);
    expect(verdict(await stop())).toEqual([403, 'open-door/destructive']);
    expect(verdict(await as(started, anna, one, { method: 'DELETE' }))).toEqual([404, 'not_found']);
  },
);

namespaceTest('with Capabilities, what none grants is refused on every way in', async ({ namespace }) => {
  await using started = await online(namespace);
  const mine = await launch(started, '127.0.0.1');
  await grant(namespace, 'team', {
    subjects: [{ kind: 'User', name: 'anna' }],
    actions: ['view', 'launch', 'open', 'stop', 'delete'],
    selector: { owner: 'self' },
    constraints: { images: ['alpine', 'ghcr.io/team/*'], maxWorkspaces: 1 },
  });
  const may = async (from: string, query: string): Promise<string> => {
    const { allowed, rule } = decisionSchema.parse((await as(started, from, `/api/can-i?${query}`)).json());
    return `${String(allowed)} ${rule}`;
  };
  await vi.waitFor(async () => expect(await may(anna, 'action=launch')).toBe('true capability/team'), patience);
  expect(await may(bob, 'action=view')).toBe('false no-grant');
  expect(await may('127.0.0.1', 'action=launch&image=evil&as=anna')).toBe('false capability/team#constraints.images');
  expect(verdict(await as(started, bob, '/api/can-i?action=view&as=anna'))).toEqual([403, 'local-user']);
  expect(verdict(await as(started, '127.0.0.1', '/api/can-i?action=view&as=tag%3Aci'))).toEqual([400, 'bad_request']);

  // What reaches beyond the workspace is free for nobody, whoever asks for it and where; nor is what is somebody else's.
  const asks = async (part: object, from = anna): Promise<unknown> =>
    verdict(await as(started, from, '/api/launch-plan', { method: 'POST', body: { image: 'alpine', ...part } }))[1];
  expect(await asks({ command: ['sh'] })).toBe(undefined);
  expect(await asks({ serviceAccountName: 'default' })).toBe('capability/team#constraints.serviceAccounts');
  expect(await asks({ nodeSelector: { a: 'b' } })).toBe('capability/team#constraints.nodeSelector');
  expect(await asks({ tolerations: [{ operator: 'Exists' }] })).toBe('capability/team#tolerations');
  expect(await asks({ envFrom: [{ secretRef: { name: 's' } }] })).toBe('capability/team#constraints.secrets');
  expect(await asks({ imagePullSecrets: [{ name: 's' }] })).toBe('capability/team#constraints.secrets');
  expect(await asks({ exposure: { type: 'LoadBalancer' } })).toBe('capability/team#constraints.exposures');
  expect(await asks({ owner: 'user:bob' })).toBe('no-grant');
  expect(await asks({ owner: 'user:anna' })).toBe(undefined);
  expect(await asks({ owner: 'user:bob', serviceAccountName: 'default' }, '127.0.0.1')).toBe(undefined);

  // Two at the same time, and room for one.
  const both = await Promise.all(
    [1, 2].map(() => as(started, anna, '/api/jobs', { method: 'POST', body: { image: 'alpine:3' } })),
  );
  expect(both.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([202, 403]);
  const [hers = ''] = await idsFor(started, anna);
  expect(await idsFor(started, anna)).toEqual([hers]);
  const wrong = await as(started, anna, '/api/jobs', { method: 'POST', body: { image: 'evil' } });
  expect(verdict(wrong)).toEqual([403, 'capability/team#constraints.images']);
  expect(verdict(await as(started, anna, `/api/servers/${mine}`))).toEqual([403, 'capability/team#selector.owner']);

  expect(await idsFor(started, bob)).toEqual([]);
  expect((await as(started, bob, '/api/workspaces')).json()).toEqual({ items: [] });
  for (const path of [
    `/api/servers/${hers}`,
    `/api/workspaces/${hers}/logs`,
    `/sse/logs?target=${hers}`,
    `/api/servers/${hers}/env/A`,
    `/proxy/server/${hers}/`,
    `https://${hers}.localhost/`,
  ])
    expect([path, ...verdict(await as(started, bob, path))]).toEqual([path, 403, 'no-grant']);
  for (const what of ['terminal', 'exec'])
    expect(await upgradeStatus(started, bob, `/api/workspaces/${hers}/${what}`)).toBe(403);
  expect(verdict(await as(started, bob, `/api/workspaces/${hers}/terminals`))).toEqual([403, 'no-grant']);
  expect(await upgradeStatus(started, bob, `/proxy/server/${hers}/`)).toBe(403);
  expect(await upgradeStatus(started, bob, `https://${hers}.localhost/`)).toBe(403);
  // Asked is about what is answered with, whatever else is named.
  for (const query of [
    `target=${mine}&id=${hers}`,
    `id=${hers}&target=${mine}`,
    `params[target]=${hers}&target=${mine}`,
  ])
    expect(verdict(await as(started, anna, `/sse/logs?${query}`))).toEqual([403, 'capability/team#selector.owner']);
  // She gets as far as the workspace, which nobody runs here.
  expect((await as(started, anna, `/api/servers/${hers}`)).status).toBe(200);

  // What she follows ends when she may not any more.
  const watch = raw(started, anna, '/api/watch');
  const [stream] = (await once(watch, 'response')) as [IncomingMessage];
  let heard = '';
  stream.setEncoding('utf8').on('data', (text: string) => (heard += text));
  const over = new Promise<void>((resolve) => stream.once('close', () => resolve()).on('error', () => undefined));
  await vi.waitFor(() => expect(heard).toContain(hers), patience);
  expect(heard).not.toContain(mine);
  await namespace.custom.deleteNamespacedCustomObject({
    group: 'guildnet.io',
    version: 'v1alpha1',
    plural: capabilityPlural,
    namespace: namespace.name,
    name: 'team',
  });
  await over;
  // Nobody has taken a right from those who have none to lose.
  expect((await started.ask(`/api/servers/${mine}`)).status).toBe(200);
});

namespaceTest('the API server refuses a Capability that cannot be read, and names the field', async ({ namespace }) => {
  await using _started = await online(namespace);
  const good = { subjects: [{ kind: 'Everyone' }], actions: ['view'] };
  const refusal = async (spec: object): Promise<string> => {
    try {
      await grant(namespace, 'c', spec);
    } catch (error) {
      return String((error as { body?: unknown }).body);
    }
    return 'taken';
  };
  expect(await refusal({ ...good, actions: ['fly'] })).toContain('spec.actions[0]');
  expect(await refusal({ ...good, subjects: [{ kind: 'User' }] })).toContain('every subject but Everyone has a name');
  expect(await refusal({ ...good, constraints: { cpu: 'many' } })).toContain('spec.constraints.cpu');
  expect(await refusal({ actions: ['view'] })).toContain('spec.subjects');
  expect(await refusal(good)).toBe('taken');
});
