import type { Command } from 'commander';
import type { SettingsReport } from '#contract/settings.ts';
import { unreadText } from '#host/config/unread-variables.ts';
import type { CliContext } from '../context.ts';
import { createOutput } from '../output/output.ts';
import { formatTable } from '../output/table.ts';
import { hostCommand, openSession } from './host-command.ts';
import type { HostOptions } from './host-command.ts';

interface ConfigOptions extends HostOptions {
  listen?: string;
  namespace?: string | undefined;
  kubeconfig?: string;
  running?: boolean;
  explain?: boolean;
}

/** Prints each setting that a host here would have, and where it comes from; with --running or --host, those of one that runs. */
export function addConfig(program: Command, context: CliContext): void {
  hostCommand(
    program,
    'config',
    'Show each setting that counts, and where it was said',
    [
      'config',
      'config --explain',
      'config --running',
      'config --json | jq -r \'.settings[] | select(.source != "default") | .key\'',
    ],
    { isAimed: false },
  )
    .option('--running', 'those of the host that runs, instead of those of the next one')
    .option('--explain', 'say what each one is for')
    .option('--listen <address:port>', 'as given to serve')
    .option('--kubeconfig <file>', 'as given to serve')
    .option('--context <name>', 'as given to serve')
    .option('-n, --namespace <name>', 'as given to serve')
    .action(async (options: ConfigOptions) => {
      const report = await reportOf(context, options);
      (await createOutput(context, options)).result(report, () => settingsText(report, options.explain === true));
    });
}

async function reportOf(context: CliContext, options: ConfigOptions): Promise<SettingsReport> {
  if (options.running === true || options.host !== undefined) {
    const { client } = await openSession(context, { ...options, context: undefined, namespace: undefined });
    return client.host.settings(undefined);
  }
  const [{ readSettings }, { readTailnetConfig }, { defaultPaths }] = await Promise.all([
    import('#host/config/config.ts'),
    import('#host/tailnet/tailnet-config.ts'),
    import('#local-cluster/paths.ts'),
  ]);
  const { listen, context: kubeContext, namespace, kubeconfig } = options;
  const flags = { listen, context: kubeContext, namespace, kubeconfig };
  const { home } = defaultPaths(context.env);
  const { report, env } = await readSettings(context.env, home, flags);
  // Refused as a host would refuse it.
  await readTailnetConfig(env, home);
  // What a flag, a variable or the file says goes first, when a host starts.
  if (report.settings.some(({ key, source }) => key === 'context' && source !== 'default')) return report;
  const [{ createKeptContext, keptContextIn }, { withChosenContext }, { defaultKubeconfig }, { createLog }] =
    await Promise.all([
      import('#host/cluster/kept-context.ts'),
      import('#host/config/chosen-context.ts'),
      import('#host/kube/source.ts'),
      import('#host/observability/log.ts'),
    ]);
  const path = keptContextIn(home);
  const log = createLog({ level: 'warn', pretty: true, destination: context.stderr });
  const choice = await createKeptContext(path, log).read(defaultKubeconfig(env));
  return withChosenContext(report, choice ?? {}, path);
}

/** A line for each setting; those that somebody has said first, since they are what one looks for. */
export function settingsText({ file, settings, unread }: SettingsReport, explain: boolean): string {
  const said = settings.filter(({ source }) => source !== 'default');
  const rows = [...said, ...settings.filter(({ source }) => source === 'default')].map(
    ({ key, variable, value, from, meaning }) => [
      key,
      value ?? '-',
      from,
      ...(explain ? [`${meaning}${variable === undefined || variable === key ? '' : ` (${variable})`}`] : []),
    ],
  );
  const table = formatTable([['SETTING', 'VALUE', 'FROM', ...(explain ? ['MEANING'] : [])], ...rows]);
  return [table, '', `The file is ${file}.`, ...unread.map(unreadText)].join('\n');
}
