import { GuildNetError } from '#contract/errors.ts';
import type { TunnelError } from '../proxy/transport/tunnel-error.ts';

/**
 * Why no program can be started in a workspace, or what became of one whose connection broke, as a person should read it. `fed`: it was
 * given input, not by a terminal. When such a program ends before it has read all of it, and no shell takes the rest, the node resets the
 * connection, or stops to read it, and what it has said of the end may be lost: with kubectl, too. Nobody can tell this from a connection
 * that broke by itself.
 */
export function execError(error: TunnelError, id: string, { fed = false }: { fed?: boolean } = {}): GuildNetError {
  const options = (remedy: string) => ({ remedy, details: { id }, cause: error });
  switch (error.failure) {
    case 'denied':
      return new GuildNetError(
        'forbidden',
        'The cluster does not let us start programs in pods.',
        options(
          'Allow "get" and "create" on pods/exec to the user of the kubeconfig ("guildnet rbac" prints the rules).',
        ),
      );
    case 'unauthorized':
      return new GuildNetError(
        'cluster_unauthorized',
        'The cluster does not accept our credentials.',
        options('Log in to the cluster again, or get a new kubeconfig.'),
      );
    case 'gone':
      return new GuildNetError(
        'not_ready',
        `The pod of the workspace ${id} is not running, or is being replaced.`,
        options('Wait a moment and try again.'),
      );
    case 'offline':
      return new GuildNetError(
        'cluster_offline',
        'The cluster does not answer.',
        options('Try again; check that the cluster runs and is reachable.'),
      );
    case 'lost':
    case 'severed':
      return new GuildNetError(
        'upstream_failed',
        `The cluster cut the connection to the program in ${id}; Kubernetes has no way to come back to one.`,
        options(
          fed
            ? 'Begin anew. In an image without a shell, a program that ends before it has read all of its input is often cut so, and its exit code is lost: give it no more than it reads.'
            : 'Begin anew. What has to outlive such a cut is started in tmux or screen, or with nohup.',
        ),
      );
    case 'refused':
    case 'protocol':
    case 'unreachable':
    case 'no-http':
      return new GuildNetError(
        'upstream_failed',
        'The API server would not start a program in the pod.',
        options("Try again; if it stays, GuildNet's log says what the API server answered."),
      );
  }
}

/** That an image has no shell, and what can be done all the same. */
export function noShell(id: string): GuildNetError {
  return new GuildNetError('unsupported', `The image of the workspace ${id} has no shell.`, {
    remedy: `Run a program that it has ("guildnet exec ${id} -- /program"), use an image with a shell, or put a container with one beside it: "kubectl debug -it --image=busybox --target=workspace" with the pod's name.`,
    details: { id, reason: 'no_shell' },
  });
}

/** That the image has no program of this name. */
export function noProgram(id: string, program: string): GuildNetError {
  return new GuildNetError('not_found', `The image of the workspace ${id} has no program "${program.slice(0, 200)}".`, {
    remedy:
      'Give its path, or run one that is there. An image without a shell has often little else than its own program.',
    details: { id, reason: 'no_program' },
  });
}

/** What else the container runtime said instead of starting a program. */
export function notStarted(id: string, message: string): GuildNetError {
  return new GuildNetError('upstream_failed', `The program could not be started in the workspace ${id}: ${message}`, {
    remedy: 'See how the workspace fares; if it runs, try again.',
    details: { id },
  });
}
