import { join } from 'node:path';
import { Command, CommanderError, Option } from 'commander';
import type { ReportProgress } from '#contract/progress.ts';
import {
  createLocalCluster,
  type Level,
  type LocalCluster,
  type LocalClusterStatus,
  type NodeImage,
} from '#local-cluster/local-cluster.ts';
import { defaultPaths, defaultStateDir } from '#local-cluster/paths.ts';
import type { CliContext } from './context.ts';
import { createOutput, type Output } from './output/output.ts';
import { memoryText } from './output/amounts.ts';
import { formatTable } from './output/table.ts';
import { progressLines } from './progress-lines.ts';

interface Options {
  name: string;
  level: Level;
  json?: boolean;
}

interface Session {
  cluster: LocalCluster;
  output: Output;
  report: ReportProgress;
}

/** What `status` exits with when the cluster does not run as a whole; carried by a CommanderError of code `guildnet.status`. */
export const notRunningExitCode = 3;

/** The command `guildnet cluster`: up, down, status, reset, kubeconfig, load-image, images, remove-image. */
export function clusterCommand(context: CliContext): Command {
  const command = new Command('cluster').description('Build, start and stop the local cluster');

  const add = (
    name: string,
    description: string,
    action: (session: Session, args: string[]) => Promise<void>,
  ): Command =>
    command
      .command(name)
      .description(description)
      .option('--name <name>', 'which local cluster; several can live side by side', 'local')
      .addOption(
        new Option(
          '--level <level>',
          'node: a whole cluster (root only); control-plane: API server and controllers, no pods',
        )
          .choices(['node', 'control-plane'])
          .default('node'),
      )
      .option('--json', 'print the result as JSON')
      .action(async (...received: unknown[]) => {
        const self = received.at(-1) as Command;
        await withSession(context, self.opts<Options>(), (session) => action(session, self.args));
      });

  add('up', 'Start it, building what is missing; heals one that has crashed', up);
  add('down', 'Stop it; what it holds is kept', down);
  add('status', 'Show whether it runs (exit code 3 when it does not)', status);
  add('reset', 'Stop it and forget all that it holds: workspaces and their files too', reset);
  add('kubeconfig', 'Print the kubeconfig of its admin', kubeconfig);
  add('load-image', 'Give it an image from a tar, as `docker save` writes it', loadImage).argument('<tar>', 'the file');
  add('images', 'List the images of its node', images);
  add('remove-image', 'Remove images that nothing uses from its node', removeImages).argument(
    '<image...>',
    'their names',
  );

  return command.addHelpText(
    'after',
    '\nExamples:\n  $ guildnet cluster up\n  $ guildnet cluster kubeconfig > local.yaml\n  $ guildnet cluster up --name test --level control-plane',
  );
}

async function withSession(
  context: CliContext,
  options: Options,
  action: (session: Session) => Promise<void>,
): Promise<void> {
  const { home, cache } = defaultPaths(context.env);
  const cluster = createLocalCluster({
    name: options.name,
    level: options.level,
    stateDir: defaultStateDir(home, options.name),
    cacheDir: cache,
    recipeDir: join(context.root, 'src', 'local-cluster', 'recipe'),
  });
  const output = await createOutput(context, options);
  const report: ReportProgress = output.json ? () => undefined : progressLines(context.stderr);
  await action({ cluster, output, report });
}

async function up({ cluster, output, report }: Session): Promise<void> {
  const access = await cluster.up({ report });
  output.result(access, () =>
    [
      access.started ? `The cluster is up at ${access.server}.` : `The cluster was up already, at ${access.server}.`,
      `For kubectl: export KUBECONFIG=${access.kubeconfigPath}`,
    ].join('\n'),
  );
}

async function down({ cluster, output, report }: Session): Promise<void> {
  await cluster.down({ report });
  output.result({ phase: 'stopped' }, () => '');
}

async function reset({ cluster, output, report }: Session): Promise<void> {
  await cluster.reset({ report });
  output.result({ phase: 'absent' }, () => '');
}

async function status({ cluster, output }: Session): Promise<void> {
  const found = await cluster.status();
  output.result(found, () => statusText(found));
  if (found.phase !== 'running')
    throw new CommanderError(notRunningExitCode, 'guildnet.status', `phase ${found.phase}`);
}

/** The status for people: the phase, then what does not run. */
export function statusText({ name, phase, level, server, kubeconfigPath, components }: LocalClusterStatus): string {
  if (phase === 'absent') return `The cluster "${name}" was never up. Start it with: guildnet cluster up`;
  const lines = [
    `The cluster "${name}" (${level ?? ''}) is ${phase}.`,
    `server: ${server ?? ''}`,
    `kubeconfig: ${kubeconfigPath ?? ''}`,
  ];
  if (phase === 'degraded') {
    const missing = components.filter(({ running }) => !running).map((component) => component.name);
    lines.push(`not running: ${missing.join(', ')}`, 'Heal it with: guildnet cluster up');
  }
  return lines.join('\n');
}

async function kubeconfig({ cluster, output }: Session): Promise<void> {
  const text = await cluster.kubeconfig();
  output.result({ kubeconfig: text }, () => text.trimEnd());
}

async function loadImage({ cluster, output }: Session, [archive = '']: string[]): Promise<void> {
  const images = await cluster.loadImage(archive);
  output.result({ images }, () => images.join('\n'));
}

async function images({ cluster, output }: Session): Promise<void> {
  const found = await cluster.images();
  output.result({ images: found }, () => imagesText(found));
}

/** The images for people: how large, where from, and what uses them. */
export function imagesText(found: readonly NodeImage[]): string {
  return formatTable(
    found.map(({ name, loaded, own, size, usedBy: [first, ...others] }) => [
      name,
      size === undefined ? '-' : memoryText(size),
      own ? 'own' : loaded ? 'loaded' : '',
      first === undefined ? '' : others.length === 0 ? first : `${first} and ${String(others.length)} more`,
    ]),
  );
}

async function removeImages({ cluster, output }: Session, names: string[]): Promise<void> {
  const removed: string[] = [];
  // One after the other: the first that is refused ends it, and the error says which.
  for (const name of names) removed.push(await cluster.removeImage(name));
  output.result({ removed }, () => removed.join('\n'));
}
