import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { GuildNetError } from '#contract/errors.ts';
import type { CliContext } from '../context.ts';
import { createOutput } from '../output/output.ts';
import type { OutputOptions } from '../output/output.ts';
import { exampleText } from './host-command.ts';

interface InstallOptions {
  print?: boolean;
  env: string[];
  json?: boolean;
}

const unit = 'guildnet.service';
/** What a host reads, and a service manager would not pass on from a terminal. */
const carried = ['GUILDNET_HOME', 'GUILDNET_CACHE', 'KUBECONFIG'] as const;

/** `guildnet service`: the host as a service of this person (systemd), from login on, or for good with lingering. */
export function addService(program: Command, context: CliContext): void {
  const service = program.command('service').description('Run the host as a service of yours (systemd)');
  service
    .command('install')
    .description('Write the unit, and start it now and at each login; what stands behind -- is for "guildnet serve"')
    .argument('[serve-options...]')
    .option('--print', 'print the unit, and change nothing')
    .option(
      '-e, --env <name>',
      'have the service know this variable, with the value that it has here; again for more',
      collect,
      [],
    )
    .option('--json', 'print JSON for programs')
    .addHelpText('after', exampleText(['service install', 'service install -- --listen 127.0.0.1:9443']))
    .action(async (args: string[], options: InstallOptions) => {
      const [{ unitText }, { replacePrivately }] = await Promise.all([
        import('../service/unit-text.ts'),
        import('#host/private-file.ts'),
      ]);
      const { env } = context;
      refuseUnset(options.env, env);
      const names = [...carried, ...options.env];
      const text = unitText({
        node: process.execPath,
        program: ownProgram(context.root),
        args,
        env: Object.fromEntries(names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]]))),
        folder: homeOf(env),
      });
      const output = await createOutput(context, options);
      const file = unitFile(env);
      if (options.print === true) return output.result({ file, unit: text }, () => text.trimEnd());
      refuseElsewhere();
      await mkdir(join(file, '..'), { recursive: true });
      // A variable may be a secret: `--env TS_AUTHKEY`.
      await replacePrivately(file, text);
      await systemctl(env, 'daemon-reload');
      await systemctl(env, 'enable', unit);
      await systemctl(env, 'restart', unit);
      output.result({ file, started: true }, () =>
        [
          `${file} is written, and the host runs.`,
          'See "systemctl --user status guildnet" and "journalctl --user -u guildnet"; "guildnet open" opens it.',
          'To have it run while you are not logged in: loginctl enable-linger',
        ].join('\n'),
      );
    });
  service
    .command('uninstall')
    .description('Stop it, and remove the unit; what the host keeps stays')
    .option('--json', 'print JSON for programs')
    .action(async (options: OutputOptions) => {
      refuseElsewhere();
      const file = unitFile(context.env);
      await systemctl(context.env, 'disable', '--now', unit);
      await rm(file, { force: true });
      await systemctl(context.env, 'daemon-reload');
      (await createOutput(context, options)).result({ file, removed: true }, () => `${file} is removed.`);
    });
}

function collect(value: string, previous: string[]): string[] {
  return [...previous, value];
}

/** A service without a key that was meant for it would run, and fail elsewhere. */
function refuseUnset(names: readonly string[], env: NodeJS.ProcessEnv): void {
  const unset = names.find((name) => env[name] === undefined);
  if (unset === undefined) return;
  throw new GuildNetError('bad_config', `--env names ${unset}, which is not set here.`, {
    remedy: `Set it for this command (${unset}=… guildnet service install …), or leave it out.`,
  });
}

/** The file that this command is: bundled in an installed package, a source in a checkout. */
function ownProgram(root: string): string {
  const bundled = join(root, 'out', 'cli', 'main.js');
  return existsSync(bundled) ? bundled : join(root, 'src', 'cli', 'main.ts');
}

function homeOf(env: NodeJS.ProcessEnv): string {
  return env['HOME'] ?? homedir();
}

function unitFile(env: NodeJS.ProcessEnv): string {
  return join(env['XDG_CONFIG_HOME'] || join(homeOf(env), '.config'), 'systemd', 'user', unit);
}

function refuseElsewhere(): void {
  if (process.platform === 'linux') return;
  throw new GuildNetError('unsupported', 'Only systemd is known as a service manager.', {
    remedy: 'Start the desktop app at login, or have your service manager run "guildnet serve".',
  });
}

/** Rejects with what systemctl said. */
async function systemctl(env: NodeJS.ProcessEnv, ...args: string[]): Promise<void> {
  const [{ execFile }, { promisify }] = await Promise.all([import('node:child_process'), import('node:util')]);
  try {
    await promisify(execFile)('systemctl', ['--user', ...args], { env });
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    const why = said || (error instanceof Error ? error.message : String(error));
    throw new GuildNetError('unsupported', `systemctl --user ${args.join(' ')} failed: ${why}.`, {
      remedy:
        'It needs a session of systemd: log in as the user (not by su or sudo), or look at "guildnet service install --print".',
      cause: error,
    });
  }
}
