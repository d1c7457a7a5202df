import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { checkBaseName } from '#contract/names.ts';
import type { Job } from '#contract/server.ts';
import { pullPolicies } from '#contract/spec/container.ts';
import type { CliContext } from '../context.ts';
import { chooseImage } from '../launch/choose-image.ts';
import { each, parseEnv, parseLabel, parsePort, parseProbe, parseSeconds } from '../launch/launch-arguments.ts';
import type { EnvItem, ExposedPort, Label } from '../launch/launch-arguments.ts';
import { addPlacementOptions, placementOf } from '../launch/placement-options.ts';
import type { PlacementOptions } from '../launch/placement-options.ts';
import { hostCommand, openSession } from './host-command.ts';
import type { HostOptions, Session } from './host-command.ts';

interface LaunchOptions extends HostOptions, PlacementOptions {
  name?: string;
  env?: EnvItem[];
  port?: ExposedPort[];
  probe?: NonNullable<Job['probe']>;
  /** false with --no-home. */
  home: boolean;
  homeSize?: string;
  homePath?: string;
  homeClass?: string;
  homeKeep?: string;
  cpu?: string;
  cpuLimit?: string;
  memory?: string;
  memoryLimit?: string;
  pullPolicy?: string;
  label?: Label[];
  stopIdle?: string;
  ttl?: string;
  wait: boolean;
  timeout: number;
  open?: boolean;
  dryRun?: boolean;
}

export function addLaunch(program: Command, context: CliContext): void {
  const command = hostCommand(program, 'launch', 'Launch a workspace from a preset or an image', [
    'launch code-server --open',
    'launch ghcr.io/owner/image:1.2 --name build --env DEBUG=1 --port 3000:web',
    'launch alpine --no-wait --json',
    'launch debian:13 --probe none --command -- sh -c "make watch"',
    'launch alpine --dry-run -o yaml',
  ])
    .argument('<preset|image>', 'label of a preset, or an image reference')
    .argument(
      '[arguments...]',
      'arguments of its program, in place of the image\'s; behind "--" where they begin with "-"',
    )
    .option('--name <name>', 'what to call it; five digits are added', checkedName)
    .option(
      '--env <name=value>',
      'set a variable; NAME alone takes its value from here (repeatable)',
      (text: string, before?: EnvItem[]) => each((one) => parseEnv(one, context.env))(text, before),
    )
    .option('--port <number[:name]>', 'expose a container port (repeatable)', each(parsePort))
    .option('--probe <kind[:path]>', 'how it is seen to be up: http[:/path], tcp, none, slow[:/path]', parseProbe)
    .option('--no-home', 'without a home volume; IDE images get one unless told otherwise')
    .option('--home-size <size>', 'with a home volume of this size, such as 20Gi')
    .option('--home-path <path>', 'where the home is in the container, such as /home/dev; HOME points there')
    .option('--home-class <class>', 'the StorageClass of the home volume')
    .option('--home-keep <time>', 'how long the home is kept once the workspace is deleted, such as 720h')
    .option('--cpu <amount>', 'CPU that a node must have to spare for it, such as 500m; 10m if not given')
    .option('--cpu-limit <amount>', 'CPU that it gets at most; no limit if not given')
    .option('--memory <amount>', 'memory that a node must have to spare for it, such as 2Gi; 128Mi if not given')
    .option('--memory-limit <amount>', 'memory that it gets at most; no limit if not given')
    .addOption(new Option('--pull-policy <policy>', 'when the image is pulled').choices(pullPolicies))
    .option('--label <key=value>', 'set a label on the workspace (repeatable)', each(parseLabel))
    .option('--stop-idle <time>', 'stop it after this long without use, such as 2h')
    .option('--ttl <time>', 'delete it this long after it was made, such as 12h')
    .option('--no-wait', 'print the name and return at once')
    .option('--timeout <seconds>', 'how long to wait until it runs', parseSeconds, 600)
    .option('--open', 'open it in the browser when it runs')
    .option('--dry-run', 'show what would be created, as the cluster would take it, and create nothing');
  addPlacementOptions(command).action(async (given: string, words: string[], options: LaunchOptions, self: Command) => {
    if (options.command === true && words.length === 0)
      self.error('error: --command takes the program from behind "--": guildnet launch IMAGE --command -- program');
    await launch(await openSession(context, options), { given, words }, options);
  });
}

interface Launched {
  given: string;
  words: readonly string[];
}

async function launch(session: Session, { given, words }: Launched, options: LaunchOptions): Promise<void> {
  const { client, output } = session;
  const job: Job = {
    image: chooseImage(given, await client.images.list(undefined)),
    ...(options.name === undefined ? {} : { name: options.name }),
    ...(options.env === undefined ? {} : { env: options.env }),
    ...(options.port === undefined ? {} : { expose: options.port }),
    ...(options.probe === undefined ? {} : { probe: options.probe }),
    ...homeOf(options),
    ...resourcesOf(options),
    ...(options.pullPolicy === undefined ? {} : { imagePullPolicy: options.pullPolicy }),
    ...(options.label === undefined ? {} : { labels: Object.fromEntries(options.label) }),
    ...(options.stopIdle === undefined ? {} : { idle: { stopAfter: options.stopIdle } }),
    ...(options.ttl === undefined ? {} : { ttl: options.ttl }),
    ...placementOf(options, words),
  };
  if (options.dryRun === true) {
    const { manifest } = await client.resources.plan(job);
    const { stringify } = await import('yaml');
    output.result(manifest, () => stringify(manifest).trimEnd());
    return;
  }
  // Not by `/api/jobs`, which passes over what it does not know: a host of another version would lose an option without a word.
  const { id } = await client.resources.create(job);
  if (!options.wait && options.open !== true) {
    output.result({ id, status: 'pending' }, () => id);
    return;
  }
  const { bringUp } = await import('../launch/bring-up.ts');
  await bringUp(session, id, { seconds: options.timeout, open: options.open === true });
}

function homeOf({ home, homeSize, homePath, homeClass, homeKeep }: LaunchOptions): Pick<Job, 'home'> {
  if (!home) return { home: false };
  const said = Object.entries({ size: homeSize, mountPath: homePath, storageClass: homeClass, retain: homeKeep });
  const given = said.flatMap(([field, text]) => (text === undefined ? [] : [[field, text]]));
  return given.length === 0 ? {} : { home: Object.fromEntries(given) as Exclude<Job['home'], false> };
}

function resourcesOf({ cpu, memory, cpuLimit, memoryLimit }: LaunchOptions): Pick<Job, 'resources'> {
  if ([cpu, memory, cpuLimit, memoryLimit].every((amount) => amount === undefined)) return {};
  return { resources: { requests: amounts(cpu, memory), limits: amounts(cpuLimit, memoryLimit) } };
}

function amounts(cpu: string | undefined, memory: string | undefined): { cpu?: string; memory?: string } {
  return { ...(cpu === undefined ? {} : { cpu }), ...(memory === undefined ? {} : { memory }) };
}

/** A wrong name is a usage error, found before anything is asked of a host. */
function checkedName(name: string): string {
  try {
    return checkBaseName(name);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const remedy = 'remedy' in error && typeof error.remedy === 'string' ? ` ${error.remedy}` : '';
    throw new InvalidArgumentError(`${error.message}${remedy}`);
  }
}
