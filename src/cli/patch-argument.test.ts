import { describe, expect, test } from 'vitest';
import { parsePatch } from './patch-argument.ts';

describe('a patch on the command line', () => {
  test.each([
    ['{"spec": {"image": "a:1"}}', { spec: { image: 'a:1' } }],
    ['{spec: {env: {A: "1", OLD: null}}}', { spec: { env: { A: '1', OLD: null } } }],
    ['labels: {team: a}', { labels: { team: 'a' } }],
  ])('%s', (text, body) => {
    expect(parsePatch(text)).toEqual({ body });
  });

  test.each([
    ['{', /^it is neither JSON nor YAML: /],
    ['{"image": "a:1"}', /^patch: "image" stands below "spec": \{"spec": \{"image": …\}\}$/],
    ['{"nope": 1}', /^patch: Unrecognized key: "nope"$/],
    ['{"spec": {"nope": 1}}', /^spec: Unrecognized key: "nope"$/],
    ['{"spec": {"image": 1, "ttl": 2}}', /^spec\.image: .*; spec\.ttl: /],
    ['{"__proto__": {"image": "a"}}', /^patch: /],
    ['{"constructor": 1}', /^patch: Unrecognized key/],
    ['[]', /^patch: /],
    ['', /^patch: /],
  ])('%s is refused, with its field', (text, problem) => {
    const parsed = parsePatch(text);
    expect('problem' in parsed ? parsed.problem : parsed).toMatch(problem);
  });
});
