import { Argument } from 'commander';
import type { Command } from 'commander';
import { tailnetModes } from '#contract/tailnet.ts';
import type { TailnetMode } from '#contract/tailnet.ts';
import type { CliContext } from '../context.ts';
import { localTime } from '../output/local-time.ts';
import { describeTailnet, hostsTable, reportTable } from '../output/describe-tailnet.ts';
import { readAuthKey } from '../read-auth-key.ts';
import { hostCommand, openSession } from './host-command.ts';
import type { HostOptions } from './host-command.ts';

interface LoginOptions extends HostOptions {
  authKeyFile?: string;
  loginServer?: string;
}

/** `guildnet tailnet …`: how the host stands to its tailnet, and what brings it there. */
export function addTailnet(program: Command, context: CliContext): void {
  const tailnet = program.command('tailnet').description('Show, enter and leave the tailnet of the host');
  hostCommand(tailnet, 'status', 'Show how the host stands to its tailnet', ['tailnet status']).action(
    async (options: HostOptions) => {
      const { client, output } = await openSession(context, options);
      const state = await client.tailnet.get(undefined);
      output.result(state, () => describeTailnet(state, localTime));
    },
  );
  hostCommand(tailnet, 'login', 'Log the host in, by key or at an address that is then told', [
    'tailnet login',
    'tailnet login --auth-key-file key --login-server https://headscale.example',
  ])
    // A key itself would be in the list of processes and in the shell's history.
    .option('--auth-key-file <file>', 'the file with the key; - reads it from the standard input')
    .option('--login-server <url>', 'another control server than the configured one')
    .action(async (options: LoginOptions) => {
      const { client, output } = await openSession(context, options);
      const key = options.authKeyFile === undefined ? undefined : await readAuthKey(context, options.authKeyFile);
      const state = await client.tailnet.login({
        ...(key === undefined ? {} : { auth_key: key }),
        ...(options.loginServer === undefined ? {} : { login_server: options.loginServer }),
      });
      output.result(
        state,
        () => `${describeTailnet(state, localTime)}\n"guildnet tailnet status" says what becomes of it.`,
      );
    });
  hostCommand(
    tailnet,
    'use',
    "Be on the tailnet by a node of the host's own, by this computer's Tailscale, or not at all",
    ['tailnet use embedded', 'tailnet use system'],
  )
    .addArgument(new Argument('<mode>', 'how').choices(tailnetModes))
    .action(async (mode: TailnetMode, options: HostOptions) => {
      const { client, output } = await openSession(context, options);
      const state = await client.tailnet.use({ mode });
      output.result(state, () => describeTailnet(state, localTime));
    });
  hostCommand(tailnet, 'logout', 'Log the host out, until somebody logs it in', ['tailnet logout']).action(
    async (options: HostOptions) => {
      const { client, output } = await openSession(context, options);
      const state = await client.tailnet.logout(undefined);
      output.result(state, () => 'The host is logged out of its tailnet.');
    },
  );
  hostCommand(tailnet, 'hosts', 'Show the hosts of the tailnet that have the same workspaces', [
    'tailnet hosts',
  ]).action(async (options: HostOptions) => {
    const { client, output } = await openSession(context, options);
    const hosts = await client.tailnet.hosts(undefined);
    output.result(hosts, () => hostsTable(hosts));
  });
  hostCommand(tailnet, 'netcheck', 'Measure what lies between the host and its peers', ['tailnet netcheck']).action(
    async (options: HostOptions) => {
      const { client, output } = await openSession(context, options);
      const report = await client.tailnet.netcheck(undefined);
      output.result(report, () => reportTable(report));
    },
  );
}
