import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { allAnswers } from '#test/proxy/answers/all.ts';
import { overHttp2 } from '#test/proxy/answers/over-http2.ts';
import { http1Asking } from '#test/proxy/http1-asking.ts';
import { http2Asking } from '#test/proxy/http2-asking.ts';
import { startAnswerJudge } from '#test/proxy/judge-answer.ts';
import type { AnswerJudge } from '#test/proxy/judge-answer.ts';
import { watchUnhandled } from '#test/proxy/unhandled.ts';

// Whatever a workspace says, its client sees HTTP as the standard has it, and the host lives and lets go of everything.

// Each waits for the end of all that it has opened, on machines that do much else besides.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const unhandled = watchUnhandled();

describe.each([
  ['HTTP/1.1', http1Asking],
  ['HTTP/2', http2Asking],
] as const)('%s', (version, open) => {
  let judge: AnswerJudge;
  beforeAll(async () => {
    judge = await startAnswerJudge(open, () => unhandled.take());
  });
  afterAll(() => judge[Symbol.asyncDispose]());

  describe.each(Object.entries(allAnswers))('%s', (_group, answers) => {
    const askable = version === 'HTTP/1.1' ? answers : overHttp2(answers);
    test.each(askable)('$what', async (answer) => {
      expect((await judge.judge(answer)).join('\n')).toBe('');
    });
  });
});

afterAll(() => unhandled[Symbol.dispose]());
