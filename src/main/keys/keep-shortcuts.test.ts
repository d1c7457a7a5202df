import { expect, test } from 'vitest';
import { shortcutsOf } from '#contract/shortcuts/shortcuts.ts';
import { desktopSettingsSchema, type DesktopSettings } from '../settings/desktop-settings.ts';
import type { Settings } from '../settings/settings.ts';
import { keepShortcuts } from './keep-shortcuts.ts';

function inMemory(settings: DesktopSettings): Settings {
  let kept = settings;
  return {
    now: () => kept,
    change: (part) => (kept = desktopSettingsSchema.parse(JSON.parse(JSON.stringify({ ...kept, ...part })))),
  };
}

test('what is chosen holds, is kept, and is taken back', () => {
  const settings = inMemory({});
  const keeper = keepShortcuts(settings, false);
  let heard = 0;
  keeper.onChange(() => (heard += 1));
  expect(keeper.choose({ command: 'palette', accelerator: 'Control+Shift+P' }).chosen).toEqual({
    palette: 'Control+Shift+P',
  });
  expect(keepShortcuts(settings, false).now().palette).toBe('Control+Shift+P');
  expect(keeper.choose({ command: 'palette', accelerator: null })).toEqual({ isMac: false, chosen: {} });
  expect(heard).toBe(2);
});

test.each([
  ['palette', 'Control+N', /key of "launch"/],
  ['palette', 'K', /no key/],
  ['leave-ide', 'Control+P', /taken from every IDE/],
  ['find', 'Control+C', /text fields/],
] as const)('%s by %s is refused, and nothing changes', (command, accelerator, why) => {
  const keeper = keepShortcuts(inMemory({}), false);
  expect(() => keeper.choose({ command, accelerator })).toThrow(why);
  expect(keeper.now()).toEqual(shortcutsOf({}));
});

test('a key that was set by its older name counts until another is chosen', () => {
  const settings = inMemory({ paletteKey: 'F13' });
  const keeper = keepShortcuts(settings, false);
  expect(keeper.now()['leave-ide']).toBe('F13');
  keeper.choose({ command: 'launch', accelerator: '' });
  expect(keeper.now()['leave-ide']).toBe('F13');
  keeper.choose({ command: 'leave-ide', accelerator: null });
  expect(keeper.now()).toEqual(shortcutsOf({ launch: '' }));
  expect(settings.now().paletteKey).toBeUndefined();
});
