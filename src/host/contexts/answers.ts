import type { Forward } from '#contract/forwards.ts';
import type { Deleted, Server } from '#contract/server.ts';
import type { Share, Sharing } from '#contract/shares.ts';
import type { PatchedWorkspace } from '#contract/workspace-patch.ts';
import type { WorkspaceResource } from '#contract/workspace-resource.ts';
import type { Labelled } from './labelled.ts';

type Answer = (output: unknown, as: Labelled) => unknown;

const server: Answer = (output, as) => as.server(output as Server);
const resource: Answer = (output, as) => as.resource(output as WorkspaceResource);
const deleted: Answer = (output, as) => as.deleted(output as Deleted);
const byId: Answer = (output, as) => {
  const accepted = output as { id: string };
  return { ...accepted, id: as.id(accepted.id) };
};

/** The answers that name workspaces, by their calls. What is not listed names none. */
const answers: Readonly<Record<string, Answer>> = {
  'workspaces.create': byId,
  'workspaces.get': server,
  'workspaces.stop': server,
  'workspaces.start': server,
  'workspaces.restart': server,
  'workspaces.delete': deleted,
  'workspaces.purge': deleted,
  'resources.create': resource,
  'resources.get': resource,
  'resources.restore': resource,
  'resources.stop': resource,
  'resources.start': resource,
  'resources.restart': resource,
  'resources.delete': deleted,
  'resources.patch': (output, as) => {
    const patched = output as PatchedWorkspace;
    return { ...patched, workspace: as.resource(patched.workspace) };
  },
  'shares.of': (output, as) => {
    const sharing = output as Sharing;
    return { ...sharing, workspace: as.id(sharing.workspace), shares: sharing.shares.map(as.share) };
  },
  'shares.create': (output, as) => as.share(output as Share),
  'forwards.ofWorkspace': (output, as) => (output as Forward[]).map(as.forward),
  'forwards.open': (output, as) => as.forward(output as Forward),
  'homes.restore': byId,
  'homes.delete': (output, as) => as.deleted(output as Deleted),
};

/** The answer to a call that another context has answered. */
export function labelledAnswer(path: readonly string[], output: unknown, as: Labelled): unknown {
  const name = path.join('.');
  const answer = Object.hasOwn(answers, name) ? answers[name] : undefined;
  return answer === undefined ? output : answer(output, as);
}
