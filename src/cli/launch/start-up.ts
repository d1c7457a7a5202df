import type { HostEvent } from '#contract/events.ts';
import { GuildNetError } from '#contract/errors.ts';
import type { Server } from '#contract/server.ts';

/** What is known of a workspace on its way to Running. `said` is the last line told, so that none is told twice. */
export interface StartUp {
  readonly id: string;
  readonly seen: boolean;
  readonly said: string;
  readonly outcome?: { running: Server } | { failed: GuildNetError };
}

export function beginStartUp(id: string): StartUp {
  return { id, seen: false, said: '' };
}

/** The next state of a start after one event of the host, and the line to tell, when there is something new to say. */
export function advance(before: StartUp, event: HostEvent): { state: StartUp; line?: string } {
  switch (event.type) {
    case 'snapshot': {
      const server = event.servers.find((candidate) => candidate.id === before.id);
      if (server !== undefined) return advanceServer(before, server);
      // A reconnected watch begins with a new snapshot; missing there means deleted meanwhile.
      return before.seen ? gone(before) : { state: before };
    }
    case 'upsert':
      return event.server.id === before.id ? advanceServer(before, event.server) : { state: before };
    case 'delete':
      return event.id === before.id ? gone(before) : { state: before };
    case 'home':
    case 'home-delete':
    case 'presets':
    case 'contexts':
      return { state: before };
    case 'cluster':
      if (event.cluster.phase === 'online') return { state: before };
      return say(before, `cluster ${event.cluster.phase}${sentence(event.cluster.problem?.message)}`);
  }
}

function advanceServer(before: StartUp, server: Server): { state: StartUp; line?: string } {
  const seen = { ...before, seen: true };
  if (server.phase === 'Running') return say({ ...seen, outcome: { running: server } }, 'Running');
  if (server.phase === 'Failed') return say({ ...seen, outcome: { failed: failureOf(server) } }, 'Failed');
  if (server.phase === 'Terminating') return gone(seen);
  return say(seen, `${server.phase}${sentence(server.failure?.message)}`);
}

function failureOf(server: Server): GuildNetError {
  const { reason = 'Failed', message = 'It does not say why.', remedy } = server.failure ?? {};
  return new GuildNetError('not_ready', `${server.id} does not start (${reason}): ${message}`, {
    remedy: `${remedy === undefined ? '' : `${remedy} `}It is kept; remove it with "guildnet rm ${server.id}".`,
    details: { id: server.id, reason },
  });
}

function gone(before: StartUp): { state: StartUp } {
  const failed = new GuildNetError('not_found', `${before.id} was deleted while it was starting.`);
  return { state: { ...before, outcome: { failed } } };
}

function say(state: StartUp, line: string): { state: StartUp; line?: string } {
  return line === state.said ? { state } : { state: { ...state, said: line }, line };
}

function sentence(text: string | undefined): string {
  return text === undefined ? '' : `: ${text}`;
}
