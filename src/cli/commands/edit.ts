import type { Command } from 'commander';
import { GuildNetError } from '#contract/errors.ts';
import type { PatchedWorkspace, WorkspacePatch } from '#contract/workspace-patch.ts';
import type { WorkspaceResource } from '#contract/workspace-resource.ts';
import { ask, refuseWithoutTerminal } from '../ask.ts';
import type { CliContext } from '../context.ts';
import type { Handed } from '../edit/edit-until-taken.ts';
import { hostCommand, openSession, resolveIds } from './host-command.ts';
import type { HostOptions, Session } from './host-command.ts';
import { patchText } from './patch.ts';

interface EditOptions extends HostOptions {
  restart?: boolean;
  yes?: boolean;
}

export function addEdit(program: Command, context: CliContext): void {
  hostCommand(program, 'edit', 'Change a workspace in your editor (VISUAL or EDITOR)', [
    'edit code',
    'EDITOR="code --wait" guildnet edit code --restart',
  ])
    .argument('<id>', 'the workspace, or the beginning of its name')
    .option('--restart', 'have all of it now, with another pod where that is needed; asks first')
    .option('-y, --yes', 'do not ask')
    .action(async (given: string, options: EditOptions) => {
      // Said before anybody has written anything.
      if (options.restart === true && options.yes !== true) refuseWithoutTerminal(context);
      const session = await openSession(context, options);
      const [id = given] = await resolveIds(session, [given]);
      await edit(session, await session.client.resources.get({ id }), options);
    });
}

async function edit(session: Session, workspace: WorkspaceResource, options: EditOptions): Promise<void> {
  const [{ bodyOf }, { notesOf }, { editInFile }] = await Promise.all([
    import('#contract/edit/editable-workspace.ts'),
    import('../edit/notes.ts'),
    import('../edit/edit-in-file.ts'),
  ]);
  await editInFile({
    what: `workspace ${workspace.id}`,
    name: workspace.id,
    body: bodyOf(workspace),
    notes: notesOf(workspace),
    env: session.context.env,
    handIn: (body) => handIn(session, workspace, body, options),
  });
}

async function handIn(
  session: Session,
  workspace: WorkspaceResource,
  body: string,
  options: EditOptions,
): Promise<Handed> {
  const { editableOf, patchOf } = await import('#contract/edit/editable-workspace.ts');
  const { id } = workspace;
  const result = patchOf(editableOf(workspace), body);
  if (result.kind === 'wrong') return { kind: 'refused', problem: result.problem };
  if (result.kind === 'unchanged') {
    session.output.result({ id, takes_effect: 'nothing-changed' }, () => `${id} is as it was`);
    return { kind: 'done' };
  }
  const patched = await change(session, workspace, result.patch, options);
  session.output.result(patched, () => patchText(id, patched));
  return { kind: 'done' };
}

/** Tries it, says what it would restart, then does it. Throws `precondition_failed` when the person would rather not. */
async function change(
  session: Session,
  workspace: WorkspaceResource,
  patch: WorkspacePatch,
  options: EditOptions,
): Promise<PatchedWorkspace> {
  const { client, output, context } = session;
  const { id } = workspace;
  const restart = options.restart === true ? { restart: 'now' as const } : {};
  const etag = await stillOurs(session, workspace, patch, options);
  const call = { params: { id }, headers: { 'if-match': etag }, body: patch };
  const tried = await client.resources.patch({ ...call, query: { ...restart, dry_run: 'true' } });
  if (tried.restarts.length > 0) output.note(`Another pod is needed for: ${tried.restarts.join(', ')}`);
  const asks = tried.takes_effect === 'restarting' && options.yes !== true;
  if (asks && !(await ask(context, `Restart ${id} now, with what runs in it?`))) throw asWished(id);
  return client.resources.patch({ ...call, query: restart });
}

/**
 * The tag to write with: of the workspace as it was read, or as it is by now where nobody has changed what this patch changes. Where
 * somebody has, the person is asked. Throws `precondition_failed` when theirs shall stay.
 */
async function stillOurs(
  { client, context }: Session,
  workspace: WorkspaceResource,
  patch: WorkspacePatch,
  options: EditOptions,
): Promise<string> {
  const now = await client.resources.get({ id: workspace.id });
  if (now.etag === workspace.etag) return now.etag;
  const { changedByBoth } = await import('#contract/edit/editable-workspace.ts');
  const both = changedByBoth(workspace, now, patch);
  if (both.length === 0 || options.yes === true) return now.etag;
  const question = `Somebody has changed ${both.join(', ')} meanwhile. Write yours all the same?`;
  if (await ask(context, question)) return now.etag;
  throw asWished(workspace.id);
}

function asWished(id: string): GuildNetError {
  return new GuildNetError('precondition_failed', `The workspace ${id} was not changed, as you wished.`);
}
