import { expect, test } from 'vitest';
import type { Setting } from '#contract/settings.ts';
import { withChosenContext } from './chosen-context.ts';

const setting = (key: string, more: Partial<Setting> = {}): Setting => ({
  key,
  source: 'default',
  from: 'default',
  meaning: '',
  ...more,
});
const settings = [
  setting('listen', { value: 'context' }),
  setting('context', { value: 'one', source: 'environment', from: 'GUILDNET_CONTEXT' }),
  setting('namespace'),
];
const report = { file: '/config.yaml', settings, unread: [] };
const chosen = { source: 'chosen', from: '/context.json' } as const;

test.each([
  ['nothing', {}, settings],
  ['what it says', { context: 'one' }, settings],
  ['another context', { context: 'two' }, [settings[0], { ...settings[1], value: 'two', ...chosen }, settings[2]]],
  [
    'another namespace of it',
    { context: 'one', namespace: 'dev' },
    [settings[0], settings[1], { ...settings[2], value: 'dev', ...chosen }],
  ],
])('where %s was chosen', (_what, choice, expected) => {
  expect(withChosenContext(report, choice, '/context.json').settings).toEqual(expected);
});
