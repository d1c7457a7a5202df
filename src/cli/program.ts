import { Command, CommanderError } from 'commander';
import { addAudit } from './commands/audit.ts';
import { addCapacity, addRights } from './commands/capacity.ts';
import { addCanI } from './commands/can-i.ts';
import { addCrd } from './commands/crd.ts';
import { addDebug } from './commands/debug.ts';
import { addDoctor } from './commands/doctor.ts';
import { addDescribe } from './commands/describe.ts';
import { addEvents } from './commands/events.ts';
import { addOpenapi } from './commands/openapi.ts';
import { addPatch } from './commands/patch.ts';
import { addPorts } from './commands/ports.ts';
import { addCert } from './commands/cert.ts';
import { addCompletion } from './commands/completion.ts';
import { addConfig } from './commands/config.ts';
import { addContext } from './commands/context.ts';
import { addEdit } from './commands/edit.ts';
import { addInit } from './commands/init.ts';
import { addPresets } from './commands/presets.ts';
import { addStopAll } from './commands/stop-all.ts';
import { addCopy } from './commands/copy.ts';
import { addForward } from './commands/forward.ts';
import { addForwards } from './commands/forwards.ts';
import { addEnv } from './commands/env.ts';
import { addExec } from './commands/exec.ts';
import { addHomes } from './commands/homes.ts';
import { addLaunch } from './commands/launch.ts';
import { addList } from './commands/list.ts';
import { addLogs } from './commands/logs.ts';
import { addOpen } from './commands/open.ts';
import { addRbac } from './commands/rbac.ts';
import { addRemove } from './commands/remove.ts';
import { addServe } from './commands/serve.ts';
import { addService } from './commands/service.ts';
import { addShare } from './commands/share.ts';
import { addShell } from './commands/shell.ts';
import { addStatus } from './commands/status.ts';
import { addRestart, addRestore, addStart, addStop } from './commands/stop-start.ts';
import { addTailnet } from './commands/tailnet.ts';
import { addVersion } from './commands/version.ts';
import type { CliContext } from './context.ts';
import { formatError } from './output/output.ts';
import { offerFormats, wantsJson } from './output/output-option.ts';

const exitCodes = { ok: 0, failed: 1, usage: 2 } as const;

/** The whole command line. Nothing heavy is loaded until a command runs. */
export function createProgram(context: CliContext): Command {
  const name = invokedAs(context);
  const program = new Command(name)
    .description('Your dev machines, one click away, on any Kubernetes cluster')
    .version(context.version, '-V, --version')
    .enablePositionalOptions()
    .showHelpAfterError('Add --help to see how it is used.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.stdout.write(asInvoked(text, name)),
      writeErr: (text) => context.stderr.write(asInvoked(text, name)),
    })
    .addHelpText(
      'after',
      '\nExamples:\n  $ guildnet serve --local\n  $ guildnet launch code-server --open\n  $ guildnet ls',
    );
  addServe(program, context);
  addLaunch(program, context);
  addList(program, context);
  addOpen(program, context);
  addEnv(program, context);
  addLogs(program, context);
  addShell(program, context);
  addExec(program, context);
  addCopy(program, context);
  addStop(program, context);
  addStart(program, context);
  addRestart(program, context);
  addRemove(program, context);
  addHomes(program, context);
  addRestore(program, context);
  addStatus(program, context);
  addCapacity(program, context);
  addRights(program, context);
  addDescribe(program, context);
  addEvents(program, context);
  addPorts(program, context);
  addForward(program, context);
  addForwards(program, context);
  addPatch(program, context);
  addEdit(program, context);
  addPresets(program, context);
  addStopAll(program, context);
  addShare(program, context);
  addCanI(program, context);
  addAudit(program, context);
  addOpenapi(program, context);
  addDebug(program, context);
  addDoctor(program, context);
  addConfig(program, context);
  addInit(program, context);
  addCert(program, context);
  addCompletion(program, context);
  addTailnet(program, context);
  addService(program, context);
  addContext(program, context);
  addCluster(program, context);
  addRbac(program, context);
  addCrd(program, context);
  addVersion(program, context);
  offerFormats(program);
  return program;
}

/** What a person types to come here: as a plugin of kubectl, that is two words (its launcher says so). */
function invokedAs({ env }: CliContext): string {
  return env['GUILDNET_INVOKED_AS'] === 'kubectl guildnet' ? 'kubectl guildnet' : 'guildnet';
}

/** Examples as they are typed here. */
function asInvoked(text: string, name: string): string {
  return name === 'guildnet' ? text : text.replaceAll('$ guildnet ', `$ ${name} `);
}

/** `guildnet cluster …` as a whole is handed to the local cluster's own command, which is loaded only then. */
function addCluster(program: Command, context: CliContext): void {
  program
    .command('cluster')
    .description('Build, start and stop the local cluster')
    .argument('[arguments...]')
    .helpOption(false)
    .allowUnknownOption()
    .passThroughOptions()
    .action(async (args: string[]) => {
      const { clusterCommand } = await import('./cluster.ts');
      const command = clusterCommand(context);
      offerFormats(command);
      for (const one of [command, ...command.commands]) one.copyInheritedSettings(program);
      command.name('guildnet cluster');
      await command.parseAsync(args, { from: 'user' });
    });
}

/** Runs one command line (without node and script) and returns its exit code: 0, 1 for a failure, 2 for wrong usage. */
export async function run(args: readonly string[], context: CliContext): Promise<number> {
  const json = wantsJson(args);
  let usageText = '';
  const program = createProgram(context);
  // Commander writes usage errors before it throws them; with --json they have to leave as JSON.
  if (json)
    for (const command of [program, ...program.commands])
      command.configureOutput({ writeErr: (text) => (usageText += text) });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCodes.ok;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return exitCodes.ok;
      // Not an error but an answer, such as that of `cluster status`: it was printed already.
      if (error.code.startsWith('guildnet.')) return error.exitCode;
      if (json)
        context.stderr.write(`${JSON.stringify({ code: 'bad_body', message: usageText.trim() || error.message })}\n`);
      return exitCodes.usage;
    }
    context.stderr.write(`${formatError(error, json)}\n`);
    return exitCodes.failed;
  }
}
