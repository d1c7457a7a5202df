import { GuildNetError } from '#contract/errors.ts';
import { answerFault } from './exchange/answer-fault.ts';
import { BadAnswer, NoAnswer } from './exchange/no-answer.ts';
import { TunnelError } from './transport/tunnel-error.ts';

/**
 * A failure between us and the workspace's server, as a person should read it. The words of Kubernetes stay in the cause, for
 * the log: they name users, addresses and service accounts, and this goes to whoever asked.
 */
export function upstreamError(
  error: unknown,
  { id, port, who = `the workspace ${id}` }: { id: string; port: number; who?: string },
): GuildNetError {
  if (error instanceof GuildNetError) return error;
  const Who = who.charAt(0).toUpperCase() + who.slice(1);
  const options = (remedy: string) => ({ remedy, details: { id, port }, cause: error });
  const noHttp = (): GuildNetError =>
    new GuildNetError(
      'upstream_failed',
      `What listens on port ${String(port)} of ${who} does not speak HTTP.`,
      options('If it serves HTTP on another port, launch it with that port.'),
    );
  if (error instanceof TunnelError) {
    switch (error.failure) {
      case 'refused':
        return new GuildNetError(
          'upstream_failed',
          // Tunnels end inside the pod's network, at its loopback; the probe that found it ready came to its other address.
          `Nothing listens on port ${String(port)} of ${who} at the loopback address, where tunnels lead.`,
          options(
            'Its server may still be starting. If it serves on another port, launch it with that port; if it listens on the pod’s own address alone, let it listen on all addresses (0.0.0.0).',
          ),
        );
      case 'gone':
        return new GuildNetError(
          'not_ready',
          `The pod of ${who} is being replaced.`,
          options('Wait a moment and try again.'),
        );
      case 'denied':
        return new GuildNetError(
          'forbidden',
          'The cluster does not let us open tunnels to pods.',
          options('Allow "get" and "create" on pods/portforward to the user of the kubeconfig.'),
        );
      case 'unauthorized':
        return new GuildNetError(
          'cluster_unauthorized',
          'The cluster does not accept our credentials.',
          options('Log in to the cluster again, or get a new kubeconfig.'),
        );
      case 'offline':
        return new GuildNetError(
          'cluster_offline',
          'The cluster does not answer.',
          options('It is tried again by itself; check that the cluster runs and is reachable.'),
        );
      case 'lost':
      case 'severed':
        return new GuildNetError('upstream_failed', `The connection to ${who} was cut.`, options('Try again.'));
      case 'unreachable':
        return new GuildNetError(
          'upstream_failed',
          `The pod of ${who} cannot be reached from this machine, and HOSTAPP_DISABLE_API_PROXY forbids the way by the API server.`,
          options(
            'Join a network that leads to the cluster’s pods or Services, or leave HOSTAPP_DISABLE_API_PROXY out.',
          ),
        );
      case 'no-http':
        return noHttp();
      case 'protocol':
        return new GuildNetError(
          'upstream_failed',
          'The API server would not open a tunnel.',
          options('Try again; if it stays, GuildNet’s log says what the API server answered.'),
        );
    }
  }
  if (error instanceof BadAnswer) {
    return new GuildNetError(
      'upstream_failed',
      `${Who} answered in a way that cannot be passed on. ${error.message}`,
      options('Look at the workspace’s log; if another program listens on that port, launch it with its own port.'),
    );
  }
  if (error instanceof NoAnswer) {
    return new GuildNetError('timeout', `${error.message} (${id})`, options('Try again; the workspace may be busy.'));
  }
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? '';
  if (code === 'HPE_HEADER_OVERFLOW') {
    return new GuildNetError(
      'upstream_failed',
      `${Who} answered with more headers than can be passed on.`,
      options('Its cookies or other headers have to become fewer or shorter; 256 KiB is the most.'),
    );
  }
  if (code.startsWith('HPE_')) {
    const fault = answerFault(code);
    if (fault === undefined) return noHttp();
    return new GuildNetError(
      'upstream_failed',
      `What listens on port ${String(port)} of ${who} answers in HTTP that can be read in two ways: ${fault}.`,
      options(
        'Browsers that ask it directly guess here, and a proxy must not. Mend what its program or script writes.',
      ),
    );
  }
  return new GuildNetError(
    'upstream_failed',
    `${Who} closed the connection before it answered.`,
    options('Try again; if it stays, look at the workspace’s log.'),
  );
}
