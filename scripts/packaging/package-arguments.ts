import { GuildNetError } from '#contract/errors.ts';

/** What `npm run package` was asked for. */
export interface PackageArguments {
  /** The package is made of the Electron that tests run on: never to be given to anybody. */
  testRuntime: boolean;
  /** Targets by electron-builder's names, such as `dir` or `deb`; none: those of the configuration. */
  targets: readonly string[];
}

export const packageUsage = `Usage: npm run package [-- [--test-runtime] [target…]]

Targets: ${targetsOf('linux').join(', ')} on Linux, ${targetsOf('darwin').join(', ')} on macOS, ${targetsOf('win32').join(', ')} on Windows; all but dir by default.
--dir is the same as the target dir. --test-runtime makes a package for tests of the Electron that is installed here.
`;

/** The targets that a platform's packages are made as, by electron-builder's names. */
export function targetsOf(platform: NodeJS.Platform): readonly string[] {
  if (platform === 'darwin') return ['dir', 'dmg', 'zip'];
  if (platform === 'win32') return ['dir', 'nsis'];
  return ['dir', 'deb', 'tar.gz', 'AppImage'];
}

/** Reads the arguments. Nothing is passed through to electron-builder: its options could give a package another Electron. */
export function packageArguments(argv: readonly string[], platform: NodeJS.Platform): PackageArguments {
  const known = targetsOf(platform);
  const wanted = argv.filter((each) => each !== '--test-runtime').map((each) => (each === '--dir' ? 'dir' : each));
  const unknown = wanted.find((each) => !known.includes(each));
  if (unknown === undefined) return { testRuntime: argv.includes('--test-runtime'), targets: [...new Set(wanted)] };
  throw new GuildNetError('bad_body', `"${unknown}" is nothing that can be packaged on ${platform}.`, {
    remedy: packageUsage,
  });
}
