import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addContainer } from '#test/failures/mutate-pods.ts';
import { provoke, script } from '#test/failures/provoke.ts';
import type { Provocation } from '#test/failures/provoke.ts';

/** What the cluster's admission has put into the pod, before the workspace's own container by name and order, or to be run first. */

const serve = script('mkdir -p /tmp/w; echo hi > /tmp/w/index.html; exec httpd -f -p 8080 -h /tmp/w');
const elsewhere = script('mkdir -p /tmp/w; exec httpd -f -p 9999 -h /tmp/w');
const name = 'a-sidecar';

describe.concurrent('what others put into the pod', () => {
  let provoked: Provocation;
  beforeAll(async () => {
    provoked = await provoke();
    await addContainer(provoked, 'beside', { name, script: 'sleep 3600' });
    await addContainer(provoked, 'closed', { name, script: 'sleep 3600' });
    await addContainer(provoked, 'crashing', { name, script: 'exit 7' });
    await addContainer(provoked, 'endless', { name, first: true, script: 'sleep 3600' });
    await addContainer(provoked, 'unprepared', { name, first: true, script: 'exit 9' });
    await Promise.all([
      provoked.launch('beside', serve),
      provoked.launch('closed', elsewhere),
      ...['crashing', 'endless', 'unprepared'].map((workspace) => provoked.launch(workspace, serve)),
    ]);
  });
  afterAll(() => provoked[Symbol.asyncDispose]());

  test('changes nothing where it works', { timeout: 120_000 }, async () => {
    expect((await provoked.reached('beside', 'Running')).lastError).toBeUndefined();
  });

  test('does not hide what the workspace’s own program lacks', { timeout: 120_000 }, async () => {
    const { failure } = await provoked.failure('closed', 'PortNotOpen');
    expect(failure.message).toMatch(/port 8080/);
  });

  test.for([
    ['crashing', 'OtherContainerFails', /"a-sidecar".* exit code 7/],
    ['unprepared', 'OtherContainerFails', /"a-sidecar".* exit code 9/],
    ['endless', 'OtherContainerAwaited', /"a-sidecar".* has not come to its end/],
  ] as const)(
    'is named when it keeps the workspace: %s, %s',
    { timeout: 180_000 },
    async ([workspace, reason, message]) => {
      const { failure, status } = await provoked.failure(workspace, reason, message);
      expect(failure.remedy).toContain('GuildNet has not made it');
      expect(status.phase).not.toBe('Running');
    },
  );
});
