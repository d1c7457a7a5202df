import { join, resolve } from 'node:path';
import { CommanderError } from 'commander';
import type { Command } from 'commander';
import type { DoctorReport } from '#contract/doctor.ts';
import { findRunningHost } from '#host/host-file.ts';
import { defaultPaths, defaultStateDir } from '#local-cluster/paths.ts';
import type { CliContext } from '../context.ts';
import { createOutput } from '../output/output.ts';
import { formatTable } from '../output/table.ts';
import { hostCommand, openSession } from './host-command.ts';
import type { HostOptions } from './host-command.ts';

interface DoctorOptions extends HostOptions {
  namespace?: string | undefined;
  running?: boolean;
}

/** Looks at what a person might have wrong, and exits with 1 when there is an error. Needs no host, unless one is to examine itself. */
export function addDoctor(program: Command, context: CliContext): void {
  hostCommand(
    program,
    'doctor',
    'Check the configuration, the cluster and this computer, and say what to do (exit code 1 for an error)',
    ['doctor', 'doctor --namespace dev', 'doctor --running', 'doctor --json | jq .state'],
    { isAimed: false },
  )
    .option(
      '-n, --namespace <name>',
      'the namespace of the workspaces (default: GUILDNET_NAMESPACE or that of the context)',
    )
    .option('--running', 'have the host that runs examine itself, with the settings that it was started with')
    .action(async (options: DoctorOptions) => {
      const report = await reportOf(context, options);
      const output = await createOutput(context, options);
      output.result(report, () => reportText(report));
      if (!asksHost(options) && (await findRunningHost(defaultPaths(context.env).home)) !== undefined)
        output.note(
          'Looked at as this terminal has it. `guildnet doctor --running` has the host that runs examine itself, with its own settings.',
        );
      if (report.state === 'error') throw new CommanderError(1, 'guildnet.doctor', 'something is wrong');
    });
}

const asksHost = ({ running, host }: DoctorOptions): boolean => running === true || host !== undefined;

async function reportOf(context: CliContext, options: DoctorOptions): Promise<DoctorReport> {
  if (asksHost(options)) {
    const { client } = await openSession(context, { ...options, namespace: undefined });
    return client.host.doctor(undefined);
  }
  const [{ examine }, { createLocalCluster }] = await Promise.all([
    import('#host/doctor/doctor.ts'),
    import('#local-cluster/local-cluster.ts'),
  ]);
  const { home, cache } = defaultPaths(context.env);
  const localCluster = createLocalCluster({
    name: 'local',
    stateDir: defaultStateDir(home, 'local'),
    cacheDir: cache,
    recipeDir: join(context.root, 'src', 'local-cluster', 'recipe'),
    level: 'node',
  });
  const { phase, kubeconfigPath } = await localCluster.status();
  const isUp = phase === 'running' && kubeconfigPath !== undefined;
  return examine({
    env: context.env,
    home,
    certsFolder: resolve('certs'),
    namespace: options.namespace,
    localCluster,
    otherwise: isUp ? { kind: 'local', kubeconfigPath } : undefined,
  });
}

/** One line for each finding, and below it what to do. */
export function reportText({ checks }: DoctorReport): string {
  return formatTable(
    checks.flatMap(({ title, findings }) =>
      findings.flatMap(({ state, message, remedy }) => [
        [state, title, message],
        ...(remedy === undefined ? [] : [['', '', `→ ${remedy}`]]),
      ]),
    ),
  );
}
