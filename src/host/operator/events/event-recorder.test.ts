import { describe, expect, test } from 'vitest';
import { commonLabels } from '#contract/app-labels.ts';
import type { OperatorKube } from '../../kube/clients.ts';
import { StatusError } from '../../kube/transport-error.ts';
import { createLog } from '../../observability/log.ts';
import { aWorkspace } from '#test/operator/objects.ts';
import { createEventRecorder } from './event-recorder.ts';

const happening = { type: 'Warning', reason: 'CrashLoop', note: 'It crashes.' } as const;
const { signal } = new AbortController();

function recorder(answer: (method: string) => unknown = () => ({})) {
  const sent: { method: string; path: string; body: Record<string, unknown> }[] = [];
  const lines: string[] = [];
  let time = Date.parse('2026-01-01T00:00:00Z');
  const json: OperatorKube['rest']['json'] = async (method, path, options) => {
    sent.push({ method, path, body: options?.body as Record<string, unknown> });
    return Promise.resolve(answer(method));
  };
  const kube = { namespace: 'dev', rest: { json, stream: () => Promise.reject(new Error('not used')) } };
  const log = createLog({ level: 'debug', destination: { write: (line) => lines.push(line) } });
  return {
    sent,
    lines,
    pass: (seconds: number) => {
      time += seconds * 1_000;
    },
    ...createEventRecorder(kube, log, () => new Date(time)),
  };
}

describe('Events', () => {
  test('are about the Workspace, by the controller, as events.k8s.io wants them', async () => {
    const events = recorder();
    await events.record(aWorkspace(), happening, signal);
    expect(events.sent).toEqual([
      {
        method: 'POST',
        path: '/apis/events.k8s.io/v1/namespaces/dev/events',
        body: expect.objectContaining({
          metadata: {
            name: expect.stringMatching(/^ws\.[0-9a-f]{12}$/) as string,
            namespace: 'dev',
            labels: commonLabels,
          },
          eventTime: '2026-01-01T00:00:00.000000Z',
          type: 'Warning',
          reason: 'CrashLoop',
          note: 'It crashes.',
          action: 'Reconcile',
          reportingController: 'guildnet.io/operator',
          regarding: expect.objectContaining({ kind: 'Workspace', name: 'ws', uid: 'uid-ws' }) as unknown,
        }) as unknown,
      },
    ]);
  });

  test('that happen again are a series, counted at once and then written now and then', async () => {
    const events = recorder();
    const writes = async (seconds: number): Promise<string[]> => {
      events.pass(seconds);
      events.sent.length = 0;
      await events.record(aWorkspace(), happening, signal);
      return events.sent.map(
        ({ method, body }) => `${method} ${String((body['series'] as { count: number } | undefined)?.count)}`,
      );
    };
    expect(await writes(0)).toEqual(['POST undefined']);
    expect(await writes(10)).toEqual(['PATCH 2']);
    expect(await writes(10)).toEqual([]);
    expect(await writes(10)).toEqual([]);
    expect(await writes(300)).toEqual(['PATCH 5']);
    // After a long pause it is a new story.
    expect(await writes(3_600)).toEqual(['POST undefined']);
  });

  test('of another reason, another note or another Workspace of the name are others', async () => {
    const events = recorder();
    await events.record(aWorkspace(), happening, signal);
    await events.record(aWorkspace(), { ...happening, reason: 'Other' }, signal);
    await events.record(aWorkspace(), { ...happening, note: 'Other.' }, signal);
    await events.record(aWorkspace({}, { uid: 'other' }), happening, signal);
    expect(events.sent.map(({ method }) => method)).toEqual(['POST', 'POST', 'POST', 'POST']);
  });

  test('that the API server has forgotten are written anew', async () => {
    const events = recorder((method) => {
      if (method === 'PATCH') throw new StatusError(404, {});
      return {};
    });
    await events.record(aWorkspace(), happening, signal);
    await events.record(aWorkspace(), happening, signal);
    expect(events.sent.map(({ method }) => method)).toEqual(['POST', 'PATCH', 'POST']);
  });

  test('have notes of at most 1024 bytes, whole characters', async () => {
    const events = recorder();
    await events.record(aWorkspace(), { ...happening, note: 'ä'.repeat(1_000) }, signal);
    const note = String(events.sent[0]?.body['note']);
    expect(Buffer.byteLength(note)).toBeLessThanOrEqual(1_024);
    expect(note).toMatch(/^ä+…$/);
  });

  test('that may not be written are logged once and harm nothing', async () => {
    const events = recorder(() => {
      throw new StatusError(403, { message: 'events.events.k8s.io is forbidden' });
    });
    await events.record(aWorkspace(), happening, signal);
    await events.record(aWorkspace(), happening, signal);
    expect(events.lines.filter((line) => line.includes('was not recorded'))).toHaveLength(1);
  });
});
