import { afterEach, describe, expect, test } from 'vitest';
import type { WorkspaceSpec } from '#contract/workspace.ts';
import { handClock } from '#test/hand-clock.ts';
import { aPod, aWorkspace } from '#test/operator/objects.ts';
import type { Answer } from './answer.ts';
import { createProgramAnswers } from './program-answers.ts';
import type { Asked, ProgramAnswers } from './program-answers.ts';

const ready = aPod({ conditions: { Ready: 'True' }, container: { ready: true } });
const notReady = aPod({ conditions: { Ready: 'False' }, container: {} });
const serves: Answer = { is: 'status', status: 200 };
const fails: Answer = { is: 'status', status: 503 };
const offline: Answer = { is: 'unknown', passing: true };

/** Lets everything that is already settled be seen. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

let answers: ProgramAnswers;
afterEach(() => answers.stop());

/** Programs that give these answers, one after another, and the last one for ever. */
function setting(...given: Answer[]) {
  const clock = handClock();
  const asked: Asked[] = [];
  const pods: string[] = [];
  const done: string[] = [];
  const changed: string[] = [];
  answers = createProgramAnswers({
    ask: (pod, question) => {
      asked.push(question);
      pods.push(pod);
      return Promise.resolve(given[Math.min(asked.length, given.length) - 1] ?? offline);
    },
    done: (pod) => done.push(pod),
    changed: (name) => changed.push(name),
    clock,
  });
  const of = (pod = ready, spec: Partial<WorkspaceSpec> = {}, name = 'ws') =>
    answers.of(aWorkspace(spec, { name }), pod);
  const turn = async (milliseconds: number): Promise<void> => {
    clock.advance(milliseconds);
    await settle();
  };
  return { asked, pods, done, changed, of, turn, clock };
}

test('asks for `/` of the first port once it is open, and no more when that is answered', async () => {
  const { asked, pods, done, changed, of, turn, clock } = setting(serves);
  expect(of(notReady)).toBeUndefined();
  expect(asked).toEqual([]);
  expect(of()).toBe('awaited');
  await settle();
  expect(of()).toEqual(serves);
  expect([pods, done, changed]).toEqual([['pod'], ['pod'], ['ws']]);
  expect(asked).toMatchObject([{ port: 8080, scheme: 'http', path: '/' }]);
  await turn(3_600_000);
  expect(asked).toHaveLength(1);
  expect(clock.pending).toBe(0);
});

test.each([
  ['the path that is named', { probe: { path: '/health' } }, { path: '/health', port: 8080 }],
  ['a port that speaks TLS', { ports: [{ containerPort: 3000, name: 'https' }] }, { scheme: 'https', port: 3000 }],
  [
    'the first port that takes connections',
    { ports: [{ containerPort: 53, protocol: 'UDP' }, { containerPort: 99 }] },
    { port: 99 },
  ],
] as const)('asks for %s', (_what, spec, question) => {
  const { asked, of } = setting(serves);
  of(ready, structuredClone(spec) as Partial<WorkspaceSpec>);
  expect(asked).toMatchObject([question]);
});

test.each([
  ['an open port is enough', { probe: { kind: 'tcp' } }],
  ['a running program is enough', { probe: { kind: 'none' } }],
  ['nothing takes connections', { ports: [{ containerPort: 53, protocol: 'UDP' }] }],
] as const)('asks nothing where %s', (_what, spec) => {
  const { asked, of } = setting(serves);
  expect(of(ready, structuredClone(spec) as Partial<WorkspaceSpec>)).toBeUndefined();
  expect(asked).toEqual([]);
});

test('asks nothing of what is known to answer, as a host that has just come to lead', () => {
  const { asked } = setting(serves);
  const running = { ...aWorkspace(), status: { phase: 'Running' as const, podName: 'pod' } };
  expect(answers.of(running, ready)).toBeUndefined();
  expect(answers.of({ ...running, status: { ...running.status, podName: 'former' } }, ready)).toBe('awaited');
  expect(asked).toHaveLength(1);
});

describe('one that does not answer as it should', () => {
  test('is asked every second at first, and tells each other answer once', async () => {
    const { asked, changed, done, of, turn } = setting(fails, fails, { is: 'late' }, serves);
    of();
    await settle();
    expect(of()).toEqual(fails);
    await turn(1_000);
    expect(changed).toEqual(['ws']);
    await turn(1_000);
    expect(of()).toEqual({ is: 'late' });
    expect(done).toEqual([]);
    await turn(1_000);
    expect(of()).toEqual(serves);
    expect([asked.length, changed.length, done]).toEqual([4, 3, ['pod']]);
  });

  test('is asked ever more seldom, and at least every quarter of a minute', async () => {
    const { asked, of, turn } = setting(fails);
    of();
    await settle();
    for (let minute = 0; minute < 10; minute += 1) for (let second = 0; second < 60; second += 1) await turn(1_000);
    const before = asked.length;
    for (let second = 0; second < 60; second += 1) await turn(1_000);
    expect(asked.length - before).toBe(4);
    expect(before).toBeLessThan(100);
  });

  test('is asked no more when its port is closed, and anew when it is open again', async () => {
    const { asked, done, of, turn } = setting(fails);
    of();
    await settle();
    of(notReady);
    await turn(60_000);
    expect([asked.length, done]).toEqual([1, ['pod']]);
    expect(of()).toBe('awaited');
    await settle();
    expect(asked).toHaveLength(2);
  });

  test('is asked no more when its Workspace is gone', async () => {
    const { asked, clock, of, turn } = setting(fails);
    of();
    await settle();
    answers.forget('ws');
    await turn(60_000);
    expect([asked.length, clock.pending]).toEqual([1, 0]);
  });
});

test('a program that was restarted is asked again, and another pod too', async () => {
  const { pods, of } = setting(serves);
  of();
  await settle();
  of(aPod({ conditions: { Ready: 'True' }, container: { ready: true, restartCount: 1 } }));
  await settle();
  of(aPod({ name: 'other', conditions: { Ready: 'True' }, container: { ready: true } }));
  await settle();
  expect(pods).toEqual(['pod', 'pod', 'other']);
});

describe('one that cannot be asked', () => {
  test('is asked again where that may pass', async () => {
    const { of, turn } = setting(offline, offline, fails);
    of();
    await settle();
    await turn(1_000);
    expect(of()).toBe('awaited');
    await turn(1_000);
    expect(of()).toEqual(fails);
  });

  test('is believed to be up when it did not pass', async () => {
    const { asked, of, turn } = setting(offline);
    of();
    await settle();
    for (let second = 0; second < 10; second += 1) await turn(1_000);
    expect([of(), asked.length]).toEqual([offline, 3]);
  });

  test('is believed to be up at once where we may not ask', async () => {
    const denied: Answer = { is: 'unknown', passing: false };
    const { asked, of, turn } = setting(denied);
    of();
    await settle();
    await turn(60_000);
    expect([of(), asked.length]).toEqual([denied, 1]);
  });

  test('holds up nobody else when there is no way to any of them', async () => {
    const { asked, of, turn } = setting(offline);
    const names = Array.from({ length: 500 }, (_, index) => `ws-${String(index)}`);
    for (const name of names) of(ready, {}, name);
    for (let turns = 0; turns < 30; turns += 1) await settle();
    await turn(1_000);
    for (let turns = 0; turns < 30; turns += 1) await settle();
    expect(names.map((name) => of(ready, {}, name)).filter((answer) => answer === 'awaited')).toEqual([]);
    expect(asked.length).toBeLessThan(100);
  });

  test('is asked again half a minute after there was no way', async () => {
    const { asked, of, turn } = setting(...Array.from({ length: 8 }, () => offline), fails);
    for (let index = 0; index < 8; index += 1) of(ready, {}, `ws-${String(index)}`);
    await settle();
    expect(of(ready, {}, 'late')).toBe('awaited');
    await settle();
    expect([of(ready, {}, 'late'), asked.length]).toEqual([{ is: 'unknown', passing: false }, 8]);
    await turn(31_000);
    of(ready, {}, 'later');
    await settle();
    expect(of(ready, {}, 'later')).toEqual(fails);
  });
});
