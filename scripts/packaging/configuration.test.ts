import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { inRepository } from '../repository.ts';
import { targetsOf } from './package-arguments.ts';

const text = (path: string): string => readFileSync(inRepository(path), 'utf8');
const configuration: unknown = parse(text('build/electron-builder.yml'));

/** electron-builder's own check of a configuration against its schema. */
const validate = z
  .object({ validateConfiguration: z.custom<(config: unknown, log: object) => Promise<void>>() })
  .parse(createRequire(import.meta.url)(inRepository('node_modules/app-builder-lib/out/util/config/config.js')));

describe('build/electron-builder.yml', () => {
  test('keeps to electron-builder’s schema on every platform', async () => {
    await validate.validateConfiguration(configuration, { isEnabled: false });
    const mistyped = { ...z.record(z.string(), z.unknown()).parse(configuration), nsis: { oneclick: true } };
    await expect(validate.validateConfiguration(mistyped, { isEnabled: false })).rejects.toThrow(/configuration\.nsis/);
  });

  test('packs nothing but the build, and leaves notes and stamp out', () => {
    const { files, asar } = z.object({ files: z.array(z.string()), asar: z.boolean() }).parse(configuration);
    expect(asar).toBe(true);
    expect(files).toEqual(['out/**', 'package.json', '!out/.stamp', '!out/packages/**', '!node_modules/**']);
  });

  test('names a target for each that can be asked for', () => {
    const target = z.object({ target: z.array(z.string()) });
    const { linux, mac, win } = z.object({ linux: target, mac: target, win: target }).parse(configuration);
    expect([...linux.target, 'dir'].toSorted()).toEqual([...targetsOf('linux')].toSorted());
    expect([...mac.target, 'dir'].toSorted()).toEqual([...targetsOf('darwin')].toSorted());
    expect([...win.target, 'dir'].toSorted()).toEqual([...targetsOf('win32')].toSorted());
  });

  test('has each action of the desktop entry lead where a link leads, by a program that the deb puts on the PATH', () => {
    const actions = z
      .object({
        linux: z.object({
          desktop: z.object({
            entry: z.object({ Actions: z.string() }),
            desktopActions: z.record(z.string(), z.object({ Exec: z.string() })),
          }),
        }),
      })
      .parse(configuration).linux.desktop;
    expect(actions.entry.Actions).toBe(`${Object.keys(actions.desktopActions).join(';')};`);
    for (const { Exec } of Object.values(actions.desktopActions)) {
      const [program, link, ...more] = Exec.split(' ');
      expect([program, more]).toEqual(['guildnet-desktop', []]);
      // src/main/deep-link/deep-link.test.ts has where it leads.
      expect(link).toBe('guildnet://launch');
    }
  });

  test('has the AppImage start with the sandbox: without a toolset named, electron-builder’s own puts --no-sandbox before the arguments', () => {
    const { toolsets } = z.object({ toolsets: z.object({ appimage: z.string() }) }).parse(configuration);
    expect(['0.0.0', '']).not.toContain(toolsets.appimage);
  });

  test('has the links open this app, under the name that its windows bear', () => {
    const { desktopName } = z.object({ desktopName: z.string() }).parse(JSON.parse(text('package.json')));
    expect(desktopName).toBe('guildnet.desktop');
    expect(configuration).toMatchObject({
      protocols: [{ schemes: ['guildnet'] }],
      linux: { syncDesktopName: true, executableName: 'guildnet-desktop' },
      deb: { fpm: ['build/command/usr-bin-guildnet=/usr/bin/guildnet'] },
    });
  });
});
