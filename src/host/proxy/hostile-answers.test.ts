import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allAnswers } from '#test/proxy/answers/all.ts';
import { startAnswerJudge } from '#test/proxy/judge-answer.ts';
import type { AnswerJudge } from '#test/proxy/judge-answer.ts';
import { watchUnhandled } from '#test/proxy/unhandled.ts';

// Whatever a workspace says, its client sees HTTP as the standard has it, and the host lives and lets go of everything.

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
