import { describe, expect, it } from 'vitest';
import { controlFile, fpmArguments } from './fpm-arguments.ts';

// As electron-builder 26.17 calls fpm: app-builder-lib/out/targets/FpmTarget.js.
const argv = [
  ...['-s', 'dir', '--force', '-t', 'deb', '-d', 'libnss3', '-d', 'libasound2 | libasound2t64'],
  ...['--deb-recommends', 'libayatana-appindicator3-1', '--deb-compression', 'xz', '--architecture', 'amd64'],
  ...[
    '--after-install',
    '/t/install',
    '--after-remove',
    '/t/remove',
    '--description',
    'Dev machines\n Your dev machines',
  ],
  ...['--version', '0.1.0', '--package', '/d/guildnet_0.1.0_amd64.deb', '--name', 'guildnet'],
  ...['--maintainer', 'GuildNet <a@b.c>', '--vendor', 'GuildNet <a@b.c>', '--url', 'https://guildnet.io'],
  ...['--category', 'devel', '--deb-priority', 'optional'],
  ...['build/command/usr-bin-guildnet=/usr/bin/guildnet', '/d/linux-unpacked/=/opt/GuildNet'],
];

describe('fpmArguments', () => {
  it('reads what electron-builder gives', () => {
    expect(fpmArguments(argv)).toMatchObject({
      name: 'guildnet',
      version: '0.1.0',
      d: ['libnss3', 'libasound2 | libasound2t64'],
      'after-install': '/t/install',
      files: [
        { from: 'build/command/usr-bin-guildnet', to: '/usr/bin/guildnet' },
        { from: '/d/linux-unpacked/', to: '/opt/GuildNet' },
      ],
    });
  });

  it.each([
    ['an option that it does not know', [...argv, '--deb-systemd', '/x']],
    ['another kind of package', argv.map((each) => (each === 'deb' ? 'rpm' : each))],
    ['a file without its place', [...argv, 'README.md']],
    ['a place that is relative', [...argv, 'README.md=usr/share']],
    ['a name that would be a line of its own', argv.map((each) => (each === 'guildnet' ? 'a\nDepends: b' : each))],
  ])('refuses %s', (_, given) => {
    expect(() => fpmArguments(given)).toThrow();
  });
});

describe('controlFile', () => {
  it('is as Debian’s policy has it', () => {
    expect(controlFile(fpmArguments(argv), 480_000).split('\n')).toEqual([
      'Package: guildnet',
      'Version: 0.1.0',
      'Section: devel',
      'Priority: optional',
      'Architecture: amd64',
      'Depends: libnss3, libasound2 | libasound2t64',
      'Recommends: libayatana-appindicator3-1',
      'Installed-Size: 480000',
      'Maintainer: GuildNet <a@b.c>',
      'Homepage: https://guildnet.io',
      'Description: Dev machines',
      ' Your dev machines',
      '',
    ]);
  });
});
