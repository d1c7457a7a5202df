import { expect, test } from 'vitest';
import type { Setting } from '#contract/settings.ts';
import { saidFirst } from './said-first.ts';

const setting = (key: string, source: Setting['source']): Setting => ({ key, source, from: 'x', meaning: 'y' });

test('what was said stands before what was not', () => {
  const settings = [setting('a', 'default'), setting('b', 'file'), setting('c', 'default'), setting('d', 'flag')];
  expect(saidFirst(settings).map(({ key }) => key)).toEqual(['b', 'd', 'a', 'c']);
});
