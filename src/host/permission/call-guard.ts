import { GuildNetError } from '#contract/errors.ts';
import type { Decision } from '#contract/grant.ts';
import type { Who } from '#contract/identity.ts';
import type { Workspace } from '#contract/workspace.ts';
import type { ClusterConnection } from '../cluster/connection.ts';
import { needOf } from './call-needs.ts';
import type { IdField, Need } from './call-needs.ts';
import type { PeerUrls } from '../access/peer-urls.ts';
import { forbidden } from './forbidden.ts';
import type { Gate } from './gate.ts';
import { shownTo } from './shown-to.ts';

type Wanted = Pick<Workspace, 'spec'> & { labels?: Record<string, string> | undefined };

/** What a call that was let in has to ask about as soon as it knows it. All throw `forbidden`. */
export interface Permit {
  /** What a workspace that it launches has as its owner. */
  owner: string;
  /** May they launch, or bring back, such a workspace? */
  launch(wanted: Wanted): void;
  /** May what they launch be somebody else's? */
  launchFor(this: void, owner: string): void;
  /** May they make this of that? */
  change(change: { now: Workspace; wanted: Wanted }): void;
}

export interface GuardedCall {
  need: Need;
  decision: Decision;
  /** The workspace that it is about. */
  id: string | undefined;
  permit: Permit;
  /** The answer, without what they may not see. */
  shown(output: unknown): unknown;
  done(): void;
}

export interface Call {
  path: readonly string[];
  /** Undefined for what is open to everyone, and has not been asked who it is. */
  who: Who | undefined;
  /** Where they find things; absent where they find them as the local user does. */
  urls?: PeerUrls | undefined;
  /** As it came: not looked at by any schema yet. */
  input: unknown;
  signal: AbortSignal | undefined;
}

export type CallGuard = (call: Call) => Promise<GuardedCall>;

/**
 * The workspace that a call's input names: in the field where its handler reads it and in no other, for what is asked about one
 * must not be done to another. Inputs of detailed structure have it among their `params`. What is no text is for its schema to refuse.
 */
export function idIn(input: unknown, field: IdField = 'id'): string | undefined {
  const { params } = fieldsOf(input);
  const id = fieldsOf(input)[field] ?? fieldsOf(params)[field];
  return typeof id === 'string' ? id : undefined;
}

function fieldsOf(input: unknown): { id?: unknown; target?: unknown; params?: unknown } {
  return typeof input === 'object' && input !== null ? input : {};
}

/** The same, of the call that is made. */
export function idOf({ path, input }: Pick<Call, 'path' | 'input'>): string | undefined {
  const need = needOf(path);
  return idIn(input, need.kind === 'workspace' ? need.names : undefined);
}

const openToAll: Decision = { allowed: true, rule: 'open-to-all', reason: 'Everybody may ask this.' };

/** Asks of each call of the contract whether it may be made. Throws `forbidden` or `unauthorized` where not. */
export function createCallGuard(gate: Gate, cluster: Pick<ClusterConnection, 'connected'>): CallGuard {
  async function decisionFor(need: Need, who: Who, id: string | undefined, call: Call): Promise<Decision> {
    if (need.kind === 'free') return openToAll;
    if (who.kind === 'peer' && need.kind === 'local') throw onlyLocal();
    if (who.kind === 'local' || need.kind === 'local') return gate.demand({ kind: 'local' }, 'view');
    // Without a session nobody knows what they may, and what they ask for cannot be done either.
    await cluster.connected(call.signal);
    if (need.kind === 'host') return gate.demand(who, need.action);
    const { action, opens, owns } = need;
    const decision = id === undefined ? gate.demand(who, action) : gate.demandOf({ who, action, id, opened: opens });
    if (owns === true && id !== undefined) {
      const sharing = gate.mayShare(who, id);
      if (!sharing.allowed) throw forbidden('admin', sharing, id);
      return sharing;
    }
    if (need.launches === true && id !== undefined) {
      const workspace = (await cluster.connected(call.signal)).world.workspaces.get(id);
      if (workspace !== undefined) gate.judge(who, { spec: workspace.spec, labels: workspace.metadata.labels }, id);
    }
    return decision;
  }

  return async (call) => {
    const need = needOf(call.path);
    if (call.who === undefined && need.kind !== 'free')
      throw new GuildNetError('unauthorized', 'It is not known who asks this.');
    const who: Who = call.who ?? nobody;
    const id = idOf(call);
    // Before it is counted what runs: two that ask at the same time must not both have the last place.
    const end = who.kind === 'peer' && mayLaunch(need) ? gate.begin(who) : () => undefined;
    try {
      const decision = await decisionFor(need, who, id, call);
      return {
        need,
        decision,
        id,
        permit: {
          owner: gate.ownerOf(who),
          launch: (wanted) => void gate.judge(who, wanted),
          launchFor: () => void gate.demand(who, 'admin'),
          change({ now, wanted }) {
            gate.judge(who, wanted, now.metadata.name);
            if (wanted.spec.owner !== now.spec.owner) gate.demand(who, 'admin');
          },
        },
        shown: (output) =>
          need.shows === undefined || who.kind === 'local'
            ? output
            : shownTo[need.shows](output, {
                sees: (one) => gate.sees(who, one),
                refused: (one) => gate.refused(who, one),
                administers: gate.decide({ who, action: 'admin' }).allowed,
                id,
                urls: call.urls,
              }),
        done: end,
      };
    } catch (error) {
      end();
      throw error;
    }
  };
}

function mayLaunch(need: Need): boolean {
  // What is only planned takes nobody's place.
  return need.kind === 'host'
    ? need.action === 'launch' && need.changes === true
    : need.kind === 'workspace' && need.launches === true;
}

/** Somebody who has been asked nothing, and may see nothing. */
const nobody: Who = { kind: 'peer', login: '-', device: { name: '-', id: '-' }, tags: [], capabilities: ['{}'] };

/** Said to a peer who asks for what is the local user's alone. */
export function onlyLocal(): GuildNetError {
  return new GuildNetError('forbidden', 'This is for the user of the computer that the host runs on.', {
    remedy: 'Open a workspace at its own address, which the list shows.',
    details: { rule: 'local-user' },
  });
}
