import { GuildNetError } from '#contract/errors.ts';
import type { Server } from '#contract/server.ts';
import { explainFailure } from '../client/host-client.ts';
import type { HostConnection } from '../client/host-client.ts';
import { advance, beginStartUp } from './start-up.ts';

/**
 * Follows the host's watch stream until the workspace is Running, telling its phases on the way. Throws its failure with
 * reason and remedy, `timeout` after `seconds`, and what ended the stream when the host went away.
 */
export async function waitUntilRunning(
  host: HostConnection,
  id: string,
  options: { seconds: number; tell: (line: string) => void },
): Promise<Server> {
  const deadline = AbortSignal.timeout(options.seconds * 1000);
  let state = beginStartUp(id);
  try {
    const events = await host.client.host.watch(undefined, { signal: deadline });
    for await (const event of events) {
      const next = advance(state, event);
      ({ state } = next);
      if (next.line !== undefined) options.tell(next.line);
      if (state.outcome === undefined) continue;
      if ('running' in state.outcome) return state.outcome.running;
      throw state.outcome.failed;
    }
  } catch (error) {
    if (!deadline.aborted) throw explainFailure(error, host.url);
    throw new GuildNetError('timeout', `${id} is not running after ${options.seconds} s${lastWord(state.said)}.`, {
      remedy: `It goes on starting; look at it with "guildnet ls", or wait longer with --timeout.`,
      cause: error,
    });
  }
  throw new GuildNetError('upstream_failed', `The host stopped while ${id} was starting${lastWord(state.said)}.`, {
    remedy: 'Start the host again; the workspace goes on by itself.',
  });
}

function lastWord(said: string): string {
  return said === '' ? '' : ` (last: ${said})`;
}
