import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { autostartFile, xdgLoginItem } from './xdg-login-item.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'autostart-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each([
  [{}, '/home/a/.config/autostart/guildnet.desktop'],
  [{ XDG_CONFIG_HOME: '/etc/a' }, '/etc/a/autostart/guildnet.desktop'],
  [{ XDG_CONFIG_HOME: 'relative' }, '/home/a/.config/autostart/guildnet.desktop'],
  [{ XDG_CONFIG_HOME: '' }, '/home/a/.config/autostart/guildnet.desktop'],
])('%j: %s', (env, file) => {
  expect(autostartFile(env, '/home/a')).toBe(file);
});

test('says what it was told, also where the folder was not there, and leaves nothing when it is turned off', () => {
  const file = autostartFile({ XDG_CONFIG_HOME: folder }, '/');
  const item = xdgLoginItem(file, { program: '/a b/x', args: ['/app'] });
  expect(item.read()).toEqual({ atLogin: false, hidden: false });
  item.write({ atLogin: true, hidden: true });
  expect(item.read()).toEqual({ atLogin: true, hidden: true });
  expect(readFileSync(file, 'utf8')).toContain('Exec="/a b/x" "/app" "--hidden"\n');
  item.write({ atLogin: true, hidden: false });
  expect(item.read()).toEqual({ atLogin: true, hidden: false });
  item.write({ atLogin: false, hidden: true });
  expect(item.read()).toEqual({ atLogin: false, hidden: false });
});

test('what the disk refuses is an error with the file in it', () => {
  writeFileSync(join(folder, 'autostart'), 'no folder');
  const file = autostartFile({ XDG_CONFIG_HOME: folder }, '/');
  const item = xdgLoginItem(file, { program: '/x', args: [] });
  expect(() => item.write({ atLogin: true, hidden: false })).toThrow(
    expect.objectContaining({ code: 'internal', remedy: `Look at ${file}.` }),
  );
});

test('a folder of that name starts nothing', () => {
  const file = autostartFile({ XDG_CONFIG_HOME: folder }, '/');
  mkdirSync(file, { recursive: true });
  expect(xdgLoginItem(file, { program: '/x', args: [] }).read()).toEqual({ atLogin: false, hidden: false });
});
