import type { Command } from 'commander';
import type { PatchedWorkspace } from '#contract/workspace-patch.ts';
import type { CliContext } from '../context.ts';
import { hostCommand, openSession, resolveIds } from './host-command.ts';
import type { HostOptions } from './host-command.ts';

interface PatchOptions extends HostOptions {
  restart?: boolean;
  dryRun?: boolean;
}

export function addPatch(program: Command, context: CliContext): void {
  hostCommand(program, 'patch', 'Change a workspace; what needs a restart counts from its next start on', [
    `patch code '{"spec": {"image": "ghcr.io/me/ide:2"}}'`,
    `patch code '{spec: {env: {DEBUG: "1", OLD: null}}}' --restart`,
    `patch code '{spec: {resources: {limits: {memory: 4Gi}}}}' --dry-run`,
  ])
    .argument('<id>', 'the workspace, or the beginning of its name')
    .argument('<patch>', 'what shall be another, as JSON or YAML; null takes away')
    .option('--restart', 'have all of it now, with another pod where that is needed')
    .option('--dry-run', 'only say what would become of it')
    .action(async (given: string, text: string, options: PatchOptions, command: Command) => {
      const { parsePatch } = await import('../patch-argument.ts');
      const parsed = parsePatch(text);
      if ('problem' in parsed) command.error(`error: the patch cannot be used: ${parsed.problem}`);
      const { body } = parsed;
      const session = await openSession(context, options);
      const [id = given] = await resolveIds(session, [given]);
      const query = {
        ...(options.restart === true ? { restart: 'now' as const } : {}),
        ...(options.dryRun === true ? { dry_run: 'true' as const } : {}),
      };
      const patched = await session.client.resources.patch({ params: { id }, query, body });
      session.output.result(patched, () => patchText(id, patched));
    });
}

const effects = {
  'nothing-changed': 'is as it was',
  now: 'is changed',
  restarting: 'is changed, and restarts',
  'next-start': 'is changed from its next start on (guildnet restart to have it now)',
} as const;

export function patchText(id: string, { changed, takes_effect: effect, dry_run: dry }: PatchedWorkspace): string {
  const fields = changed.length === 0 ? '' : `: ${changed.join(', ')}`;
  return `${id} ${effects[effect]}${fields}${dry ? ' (not done: --dry-run)' : ''}`;
}
