import { expect, test } from 'vitest';
import { parseAppArguments } from './arguments.ts';

const nothing = { local: false, hidden: false, help: false, version: false };

test.each([
  ['nothing', [], false, nothing],
  ['the folder of a checkout', ['/src/guildnet'], true, nothing],
  ['Chromium switches before the folder', ['--no-sandbox', '.', '--local'], true, { ...nothing, local: true }],
  ['switches with values', ['--user-data-dir=/tmp/x', '--remote-debugging-port=0', '--inspect=0'], false, nothing],
  ['families of switches', ['--disable-gpu', '--enable-features=A,B', '--ozone-platform=wayland'], false, nothing],
  ['no window', ['--hidden', '--hide-scrollbars'], false, { ...nothing, hidden: true }],
  ['help', ['-h'], false, { ...nothing, help: true }],
  ['version', ['--version'], false, { ...nothing, version: true }],
  ['a terminator', ['--local', '--'], false, { ...nothing, local: true }],
  ['a link', ['guildnet://open/cs-1'], false, { ...nothing, link: { to: 'open', id: 'cs-1' } }],
  [
    'a link behind the folder of a checkout',
    ['.', 'guildnet://launch?image=a'],
    true,
    { ...nothing, link: { to: 'launch', image: 'a' } },
  ],
])('takes %s', (_what, argv, unpackaged, wanted) => {
  expect(parseAppArguments(argv, { unpackaged })).toEqual(wanted);
});

test.each([
  ['an unknown option', ['--locl'], 'There is no option --locl.'],
  ['an unknown short option', ['-x'], 'There is no option -x.'],
  ['a value where none belongs', ['--local=yes'], '--local takes no value.'],
  ['a stray word', ['launch'], 'There is nothing to be done with the argument "launch".'],
  ['a name that only begins like a switch', ['--hostile'], 'There is no option --hostile.'],
])('refuses %s', (_what, argv, problem) => {
  expect(parseAppArguments(argv, { unpackaged: false })).toEqual({ problem });
});

test('keeps a link that nothing is done with for the window', () => {
  expect(parseAppArguments(['guildnet://delete/a'], { unpackaged: false })).toMatchObject({
    link: { problem: 'otherVerb' },
  });
});

test('refuses a second link', () => {
  expect(parseAppArguments(['guildnet://open/a', 'guildnet://open/b'], { unpackaged: false })).toHaveProperty(
    'problem',
  );
});

test('refuses a second positional argument of an unpackaged app', () => {
  expect(parseAppArguments(['.', 'launch'], { unpackaged: true })).toEqual({
    problem: 'There is nothing to be done with the argument "launch".',
  });
});
