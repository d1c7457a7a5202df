import type { Command } from 'commander';
import type { ProxyAnswer } from '#contract/proxy-debug.ts';
import type { CliContext } from '../context.ts';
import { formatTable } from '../output/table.ts';
import { hostCommand, openSession } from './host-command.ts';
import type { HostOptions } from './host-command.ts';

interface ProxyOptions extends HostOptions {
  to?: string;
  url?: string;
  path?: string;
  scheme?: string;
}

export function addDebug(program: Command, context: CliContext): void {
  const debug = program
    .command('debug')
    .description('Explain what a host does')
    .addHelpText('after', '\nExamples:\n  $ guildnet debug proxy code-server-1a2b3');
  hostCommand(debug, 'proxy', 'Explain where a request would go, rule by rule, and what would be sent there', [
    'debug proxy code-server-1a2b3',
    'debug proxy code-server-1a2b3:5173 --path /x',
    'debug proxy --to my-service:8080',
    'debug proxy --url https://5173--code-server-1a2b3.localhost:8080/',
  ])
    .argument('[server]', 'a workspace, with or without :port')
    .option('--to <host:port>', 'a target of the proxy')
    .option('--url <address>', 'an address as it would be opened')
    .option('--path <path>', 'the path to ask for')
    .option('--scheme <scheme>', 'http or https')
    .action(async (server: string | undefined, options: ProxyOptions) => {
      const { client, output } = await openSession(context, options);
      const { to, url, path, scheme } = options;
      const answer = await client.proxy.debug({
        ...(server === undefined ? {} : { server }),
        ...(to === undefined ? {} : { to }),
        ...(url === undefined ? {} : { url }),
        ...(path === undefined ? {} : { path }),
        ...(scheme === 'http' || scheme === 'https' ? { scheme } : {}),
      });
      output.result(answer, () => proxyText(answer));
    });
}

function targetText({
  transport,
  scheme,
  port,
  namespace,
  pod,
  host,
  address,
}: NonNullable<ProxyAnswer['target']>): string {
  const where = host !== undefined ? `${host} (${address ?? ''})` : `pod ${namespace ?? ''}/${pod ?? ''}`;
  return `${where}, port ${String(port)}, ${scheme}, by ${transport}`;
}

/** The rules one a line, then what would happen. */
export function proxyText({ steps, target, request, redirect, error }: ProxyAnswer): string {
  const rows = steps.map(({ rule, outcome, why }) => [rule, outcome, why]);
  const facts = [
    ...(target === undefined ? [] : [['goes to', targetText(target)], ...target.losses.map((loss) => ['loses', loss])]),
    ...(request === undefined
      ? []
      : [
          ['asks', `${request.method} ${request.path}`],
          ['Host', request.host],
        ]),
    ...(request?.added ?? []).map(([name, value]) => ['adds', `${name}: ${value}`]),
    ...(request === undefined || request.removed.length === 0 ? [] : [['removes', request.removed.join(', ')]]),
    ...(redirect === undefined ? [] : [['browsers', `are sent on to ${redirect}`]]),
    ...(error === undefined
      ? []
      : [
          ['refused', `${error.message} (${error.code})`],
          ['', error.remedy ?? ''],
        ]),
  ];
  return `${formatTable(rows)}\n\n${formatTable(facts)}`.trim();
}
