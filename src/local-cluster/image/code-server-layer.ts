import { existsSync } from 'node:fs';
import { chmod, copyFile, cp, mkdir, readdir, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { GuildNetError } from '#contract/errors.ts';
import type { BuildContext } from '../build/artefact.ts';
import { ownNode } from '../build/own-node.ts';
import { runCommand } from '../run-command.ts';
import { ensureSystemPackages, findProgram } from '../system-packages.ts';
import { codeServerVersion } from '../versions.ts';
import { isNeeded } from './code-server-files.ts';

/** Debian's names of what code-server's native modules are compiled with. */
const buildPackages = [
  { package: 'build-essential', provides: 'g++' },
  { package: 'python3', provides: 'python3' },
  { package: 'pkg-config', provides: 'pkg-config' },
  { package: 'libkrb5-dev', provides: '/usr/include/gssapi.h' },
  { package: 'libx11-dev', provides: '/usr/include/X11/Xlib.h' },
  { package: 'libxkbfile-dev', provides: '/usr/include/X11/extensions/XKBfile.h' },
  { package: 'libsecret-1-dev', provides: '/usr/include/libsecret-1/libsecret/secret.h' },
] as const;

/** Puts code-server (/opt/code-server) and the Node it runs on (/opt/node) below `root`, from the recipe's lock file. */
export async function installCodeServer(
  recipe: string,
  root: string,
  work: string,
  context: BuildContext,
): Promise<void> {
  const { report, signal } = context;
  await ensureSystemPackages(buildPackages, report);
  const step = `Building code-server ${codeServerVersion}`;
  const remedy = 'Mend the cause above (often the network) and run the command again.';
  const project = join(work, 'npm');
  await cp(recipe, project, { recursive: true });

  const npm = await findNpm(context);
  report({ step, detail: 'fetching packages' });
  // Without scripts at first: they want the Node that only comes with the packages.
  const fetchArgs = [npm, 'ci', '--ignore-scripts', '--omit=dev', '--no-fund', '--no-audit', '--loglevel=error'];
  const plain = npmEnvironment(process.env, {});
  const electron = process.versions['electron'] !== undefined;
  await runCommand(
    ownNode(context.recipeDir, { execPath: process.execPath, electron, exists: existsSync }),
    fetchArgs,
    {
      cwd: project,
      env: { ...plain, ELECTRON_RUN_AS_NODE: '1' },
      signal,
      doing: step,
      remedy,
    },
  );

  const node = join(project, 'node_modules', `node-linux-${process.arch}`);
  if (!existsSync(join(node, 'bin', 'node'))) {
    throw new GuildNetError('create_failed', `${step}: the packages came without a Node for this machine.`, { remedy });
  }
  const env = npmEnvironment(process.env, {
    PATH: [
      await npmShims(join(work, 'shims'), node, npm),
      join(node, 'bin'),
      '/usr/local/bin',
      '/usr/bin',
      '/bin',
      '/usr/sbin',
      '/sbin',
    ].join(delimiter),
    // The headers come with this Node: nothing else has to be downloaded.
    npm_config_nodedir: node,
    npm_config_ignore_scripts: 'false',
  });
  report({ step, detail: 'compiling its native modules, a few minutes' });
  await runCommand(join(node, 'bin', 'node'), [npm, 'rebuild', '--foreground-scripts'], {
    cwd: project,
    env,
    signal,
    doing: step,
    remedy,
  });
  // That all is there shows in that it starts.
  const entry = join('node_modules', 'code-server', 'out', 'node', 'entry.js');
  const home = join(work, 'home');
  const args = [entry, '--version', '--config', join(home, 'config.yaml')];
  await runCommand(join(node, 'bin', 'node'), args, {
    cwd: project,
    env: { ...env, HOME: home },
    doing: 'Trying code-server',
    remedy,
  });

  await layOut(project, node, root);
}

async function layOut(project: string, node: string, root: string): Promise<void> {
  const [bin, codeServer, local] = [
    join(root, 'opt/node/bin'),
    join(root, 'opt/code-server'),
    join(root, 'usr/local/bin'),
  ];
  for (const folder of [bin, codeServer, local]) await mkdir(folder, { recursive: true });
  await copyFile(join(node, 'bin', 'node'), join(bin, 'node'));
  await chmod(join(bin, 'node'), 0o755);
  await prune(join(project, 'node_modules'), '');
  await rename(join(project, 'node_modules'), join(codeServer, 'node_modules'));
  await symlink('/opt/node/bin/node', join(local, 'node'));
  await writeFile(
    join(local, 'code-server'),
    '#!/bin/sh\nexec /opt/node/bin/node /opt/code-server/node_modules/code-server/out/node/entry.js "$@"\n',
    { mode: 0o755 },
  );
}

async function prune(folder: string, below: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    const full = join(folder, entry.name);
    if (!isNeeded(path, entry.isDirectory(), process.arch)) await rm(full, { recursive: true });
    else if (entry.isDirectory()) await prune(full, path);
  }
}

/** npm's program file: the one that runs us, or the installed one. */
export async function findNpm({ report }: Pick<BuildContext, 'report'>): Promise<string> {
  const running = process.env['npm_execpath'];
  if (running?.endsWith('npm-cli.js') === true && existsSync(running)) return running;
  await ensureSystemPackages([{ package: 'npm', provides: 'npm' }], report);
  const installed = findProgram('npm');
  const file = installed === undefined ? undefined : await realpath(installed);
  if (file?.endsWith('npm-cli.js') === true) return file;
  throw new GuildNetError('unsupported', 'npm is needed to build the code-server image, and none was found.', {
    remedy: 'Install npm (with Node.js), so that `npm --version` answers.',
  });
}

/** Programs `npm` and `npx` that run on the image's Node, for install scripts that call them. */
async function npmShims(folder: string, node: string, npm: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const name of ['npm', 'npx']) {
    const script = join(dirname(npm), `${name}-cli.js`);
    await writeFile(join(folder, name), `#!/bin/sh\nexec '${join(node, 'bin', 'node')}' '${script}' "$@"\n`, {
      mode: 0o755,
    });
  }
  return folder;
}

/**
 * The environment for a nested npm: the user's, without what an outer `npm run` has set for its own project. What concerns the
 * registry and the way to it stays.
 */
export function npmEnvironment(base: NodeJS.ProcessEnv, extra: Record<string, string>): NodeJS.ProcessEnv {
  const keep =
    /^npm_config_(registry|userconfig|globalconfig|cache|cafile|proxy|https_proxy|noproxy|strict_ssl|.*_authtoken)$/i;
  const kept = Object.entries(base).filter(([name]) => !/^npm_/i.test(name) || keep.test(name));
  return {
    ...Object.fromEntries(kept),
    npm_config_update_notifier: 'false',
    npm_config_fund: 'false',
    npm_config_audit: 'false',
    ...extra,
  };
}
