import { expect, test, vi } from 'vitest';
import { errorBodySchema } from '#contract/errors.ts';
import { shownPresetSchema } from '#contract/presets.ts';
import { startHost } from '#test/host/started-host.ts';

// The doctor gives what does not answer twenty seconds.
vi.setConfig({ testTimeout: 180_000 });

test('presets are made, read, replaced and removed over REST, with tags', async () => {
  await using started = await startHost();
  const label = 'My notes / new';
  const path = `/api/presets/${encodeURIComponent(label)}`;
  const made = await started.ask('/api/presets', { method: 'POST', body: { label, image: 'notes:1' } });
  const { etag } = shownPresetSchema.parse(made.json());
  expect([made.status, made.headers.location, made.headers.etag]).toEqual([201, path, etag]);
  expect((await started.ask(path)).headers.etag).toBe(etag);
  const images = async () => (await started.ask('/api/images')).json() as { label: string; image: string }[];
  expect((await images()).at(-1)).toEqual({ label, image: 'notes:1' });

  const put = (body: object, headers: Record<string, string> = {}) =>
    started.ask(path, { method: 'PUT', body, headers });
  const replaced = await put({ label, image: 'notes:2', env: { A: '1' } }, { 'if-match': etag });
  expect(replaced.status).toBe(200);
  expect((await images()).at(-1)).toEqual({ label, image: 'notes:2', env: { A: '1' } });

  for (const [answer, status, code] of [
    [await put({ label, image: 'notes:3' }, { 'if-match': etag }), 412, 'precondition_failed'],
    [await put({ label, image: 'notes:3', imag: 'x' }), 400, 'bad_body'],
    [await put({ label, image: 'not an image' }), 400, 'invalid_spec'],
    [await started.ask('/api/presets', { method: 'POST', body: { label, image: 'x' } }), 409, 'conflict'],
    [await started.ask('/api/presets/none'), 404, 'not_found'],
    [await started.ask('/api/presets/none/reset', { method: 'POST' }), 404, 'not_found'],
    [await started.ask(path, { method: 'PATCH', body: {} }), 405, 'method_not_allowed'],
  ] as const)
    expect([answer.status, errorBodySchema.parse(answer.json()).code]).toEqual([status, code]);

  const removed = await started.ask(path, { method: 'DELETE', headers: { 'if-match': replaced.headers.etag ?? '' } });
  expect([removed.status, removed.json()]).toEqual([200, { deleted: label }]);
  expect((await images()).map((one) => one.label)).not.toContain(label);
});

test('who watches the host is told when presets change, and not when a change is refused', async () => {
  await using started = await startHost();
  const types: string[] = [];
  for await (const { type } of await started.host.client.host.watch()) {
    types.push(type);
    if (types.length === 1) {
      const post = (body: object) => started.ask('/api/presets', { method: 'POST', body });
      expect((await post({ label: 'x', image: 'not an image' })).status).toBe(400);
      expect((await post({ label: 'x', image: 'x' })).status).toBe(201);
    }
    if (type === 'presets') break;
  }
  expect(types.filter((type) => type !== 'cluster' && type !== 'snapshot')).toEqual(['presets']);
});

test('a page of another site changes nothing', async () => {
  await using started = await startHost();
  const answer = await started.ask('/api/presets', {
    method: 'POST',
    body: { label: 'x', image: 'x' },
    headers: { origin: 'https://evil.example' },
  });
  expect(answer.status).toBe(403);
});

test('the settings and the doctor are there without a cluster', async () => {
  await using started = await startHost({ env: { AGENT_DEFAULT_PASSWORD: 'hunter2' } });
  const settings = await started.ask('/api/settings');
  expect(settings.json()).toMatchObject({ file: expect.stringContaining('config.yaml') as string });
  expect(settings.text).not.toContain('hunter2');
  const report = (await started.ask('/api/doctor')).json() as { checks: { id: string; state: string }[] };
  expect(report.checks.find(({ id }) => id === 'port')).toMatchObject({ state: 'ok' });
});
