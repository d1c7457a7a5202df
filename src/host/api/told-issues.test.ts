import { expect, test } from 'vitest';
import { z } from 'zod';
import { jobSchema } from '#contract/server.ts';
import { recentLogsSchema } from '#contract/logs.ts';
import { toldIssues } from './told-issues.ts';

function told(schema: z.ZodType, value: unknown): string[] {
  return toldIssues(schema.safeParse(value).error?.issues ?? []).map(({ path, message }) => `${path}: ${message}`);
}

const image = 'alpine';
test.each([
  ['a value that is none of several kinds', { image, env: 5 }, [/^env: .*record.*, or: .*array/]],
  ['an entry of a list', { image, env: [{ name: 'A', value: 5 }] }, [/^env\.0\.value: .*string/]],
  ['a value of a map', { image, env: { A: 5 } }, [/^env\.A: .*string/]],
  ['a field of an entry that is unknown', { image, env: [{ name: 'A', valueFrom: {} }] }, [/^env\.0: .*"valueFrom"/]],
  ['a home that is neither', { image, home: true }, [/^home: .*false.*, or: .*object/]],
  ['a misspelt amount', { image, resources: { cpuu: '1' } }, [/^resources: .*"cpuu"/]],
  ['a misspelt request', { image, resources: { requests: { mem: '1Gi' } } }, [/^resources\.requests: .*"mem"/]],
  ['a misspelt probe', { image, probe: { kinds: 'tcp' } }, [/^probe: .*"kinds"/]],
  ['a misspelt time', { image, idle: { after: '2h' } }, [/^idle: .*"after"/]],
])('%s is told by its place', (_what, job, words) => {
  const issues = told(jobSchema, job);
  expect(issues).toHaveLength(words.length);
  for (const [at, word] of words.entries()) expect(issues[at]).toMatch(word);
});

test.each([
  [{ id: 'a', limit: 'abc' }, 'limit: Expected a whole number from 0 to 10000'],
  [{ id: 'a', limit: '-1' }, 'limit: Expected a whole number from 0 to 10000'],
  [{ id: 'a', level: 'loud' }, 'level: Expected one of debug, info, warn, error'],
  [{ id: 'a', previous: 'maybe' }, 'previous: Expected true or false'],
])('%o is answered with what is expected', (query, words) => {
  expect(told(recentLogsSchema, query)).toEqual([words]);
});

test('no more than a person reads is told', () => {
  const many = told(z.array(z.union([z.string(), z.boolean()])), Array(100).fill(1));
  expect(many).toHaveLength(20);
  const long = told(z.strictObject({}), Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`key${at}`, 1])));
  expect(long[0]?.length).toBeLessThan(600);
});
