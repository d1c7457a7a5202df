import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { allAnswers } from '#test/proxy/answers/all.ts';
import { startAnswerJudge } from '#test/proxy/judge-answer.ts';
import type { AnswerJudge } from '#test/proxy/judge-answer.ts';
import { watchUnhandled } from '#test/proxy/unhandled.ts';

// Whatever a workspace says, its client sees HTTP as the standard has it, and the host lives and lets go of everything.

// Each waits for the end of all that it has opened, on machines that do much else besides.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const unhandled = watchUnhandled();
let judge: AnswerJudge;
beforeAll(async () => {
  judge = await startAnswerJudge(() => unhandled.take());
});
afterAll(async () => {
  await judge[Symbol.asyncDispose]();
  unhandled[Symbol.dispose]();
});

describe.each(Object.entries(allAnswers))('%s', (_group, answers) => {
  test.each(answers)('$what', async (answer) => {
    expect(await judge.judge(answer)).toEqual([]);
  });
});
