import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { isDnsLabel } from '#contract/names.ts';
import type { CliContext } from '../context.ts';
import { createOutput } from '../output/output.ts';
import { exampleText } from './host-command.ts';

interface RbacCommandOptions {
  namespace: string;
  serviceAccount?: string;
  user?: string;
  group?: string;
  json?: boolean;
}

/** Prints what an administrator applies; needs neither a host nor a cluster. */
export function addRbac(program: Command, context: CliContext): void {
  program
    .command('rbac')
    .description('Print the permissions that GuildNet needs in a cluster, as a manifest for kubectl')
    .option('-n, --namespace <name>', 'the namespace of the workspaces', namespaceName, 'guildnet')
    .addOption(
      new Option('--service-account <name>', 'grant them to this service account (default: guildnet)').conflicts([
        'user',
        'group',
      ]),
    )
    .addOption(new Option('--user <name>', 'grant them to this user').conflicts('group'))
    .option('--group <name>', 'grant them to this group')
    .option('--json', 'print a JSON list of the objects')
    .addHelpText(
      'after',
      exampleText(['rbac | kubectl apply -f -', 'rbac --namespace dev --user jane@example.org | kubectl apply -f -']),
    )
    .action(async (options: RbacCommandOptions) => {
      const { rbacObjects, rbacYaml } = await import('#host/operator/rbac.ts');
      const wanted = { namespace: options.namespace, subject: subjectOf(options) };
      (await createOutput(context, options)).result(rbacObjects(wanted), () => rbacYaml(wanted).trimEnd());
    });
}

function subjectOf({ user, group, serviceAccount }: RbacCommandOptions) {
  if (user !== undefined) return { kind: 'User', name: user } as const;
  if (group !== undefined) return { kind: 'Group', name: group } as const;
  return { kind: 'ServiceAccount', name: serviceAccount ?? 'guildnet' } as const;
}

function namespaceName(text: string): string {
  if (isDnsLabel(text)) return text;
  throw new InvalidArgumentError('Use lower-case letters, digits and hyphens, at most 63.');
}
