import { describe, expect, test } from 'vitest';
import { autostartEntry, readAutostart } from './autostart-entry.ts';

const execOf = (program: string, ...args: string[]): string | undefined =>
  /^Exec=(.*)$/m.exec(autostartEntry({ program, args }) ?? '')?.[1];

describe('Exec is quoted as the Desktop Entry Specification has it', () => {
  test.each([
    ['/opt/GuildNet/guildnet-desktop', '"/opt/GuildNet/guildnet-desktop"'],
    ['/home/a b/x', '"/home/a b/x"'],
    ['/a"b', String.raw`"/a\\"b"`],
    ['/a`b', '"/a\\\\`b"'],
    ['/a$HOME', String.raw`"/a\\$HOME"`],
    [String.raw`/a\b`, String.raw`"/a\\\\b"`],
    ['/100%u', '"/100%%u"'],
    ["/a'b;c&d", `"/a'b;c&d"`],
  ])('%s', (program, exec) => {
    expect(execOf(program)).toBe(exec);
  });

  test('with arguments, each in its own quotes', () => {
    expect(execOf('/x', '/a b', '--hidden')).toBe('"/x" "/a b" "--hidden"');
  });

  test.each(['/a\nExec=evil', '/a\rb', '/a\0b'])('%j cannot be written', (program) => {
    expect(autostartEntry({ program, args: [] })).toBeUndefined();
  });
});

describe('readAutostart', () => {
  const own = (...args: string[]): string => autostartEntry({ program: '/a b/x', args }) ?? '';
  test.each([
    ['ours', own(), { atLogin: true, hidden: false }],
    ['ours, hidden', own('--hidden'), { atLogin: true, hidden: true }],
    ['by hand', '[Desktop Entry]\nExec=guildnet-desktop --hidden\n', { atLogin: true, hidden: true }],
    ['a path with the word in it', '[Desktop Entry]\nExec=/x--hidden/y\n', { atLogin: true, hidden: false }],
    ['turned off by GNOME', `${own()}X-GNOME-Autostart-enabled=false\n`, { atLogin: false, hidden: false }],
    ['turned off', `${own('--hidden')}Hidden=true\n`, { atLogin: false, hidden: true }],
    ['nothing of it', '', { atLogin: false, hidden: false }],
    ['another group', '[Desktop Action x]\nExec=y\n', { atLogin: false, hidden: false }],
  ])('%s', (_, text, wanted) => {
    expect(readAutostart(text)).toEqual(wanted);
  });
});
