import { randomBytes } from 'node:crypto';
import { GuildNetError } from '#contract/errors.ts';
import { mostForwards } from '#contract/forwards.ts';
import type { Forward, ForwardWish } from '#contract/forwards.ts';
import type { ClusterConnection } from '../cluster/connection.ts';
import type { Session } from '../cluster/session.ts';
import { systemClock } from '../kube/clock.ts';
import type { Log } from '../observability/log.ts';
import { unwatched } from '../proxy/traffic.ts';
import type { Awaited } from '../proxy/waiting/patient-proxy.ts';
import { createHeldRequests } from '../proxy/waiting/held-requests.ts';
import { checkProtocol } from './check-protocol.ts';
import { localPlace } from './local-place.ts';
import type { LocalPlace } from './local-place.ts';
import { openForward } from './open-forward.ts';
import type { OpenForward } from './open-forward.ts';
import { reachIn } from './reach.ts';
import { createWay } from './way.ts';

/** The ports of workspaces at this machine. */
export interface Forwards {
  /** All, or those of one workspace; the oldest first. */
  list(workspace?: string): Forward[];
  /**
   * Opens one; what is open like that already is the answer. Throws `not_found`, `bad_request`, `forbidden`, `conflict` where something
   * else listens there, and `overloaded`.
   */
  open(workspace: string, wish: ForwardWish): Promise<Forward>;
  /** Throws `not_found`. */
  stop(id: string): Promise<void>;
  /** Those of a workspace; resolves with their ids. */
  stopAll(workspace: string): Promise<string[]>;
  /** Connections that go through now. */
  readonly connections: number;
  /** Stops all, for good. */
  close(): Promise<void>;
}

export interface ForwardsOptions {
  cluster: ClusterConnection;
  awaited: Awaited;
  mayWake: boolean;
  log: Log;
}

const samePlace = (one: LocalPlace, other: LocalPlace): boolean => JSON.stringify(one) === JSON.stringify(other);

export function createForwards({ cluster, awaited, mayWake, log }: ForwardsOptions): Forwards {
  const reach = reachIn(cluster);
  const held = createHeldRequests({ onChange: awaited.onChange, clock: systemClock });
  const way = createWay({ reach, awaited, held, mayWake, clock: systemClock });
  const all = new Map<string, OpenForward>();
  /** One at a time, so that two that ask for the same get one. */
  let turn: Promise<unknown> = Promise.resolve();
  let isClosed = false;

  async function end(forward: OpenForward, why: string): Promise<void> {
    all.delete(forward.id);
    await forward.stop();
    log.info({ id: forward.id, workspace: forward.workspace.id, port: forward.port }, why);
  }

  function endInTime(forward: OpenForward, why: string): void {
    end(forward, why).catch((error: unknown) =>
      log.warn({ err: error, id: forward.id }, 'A forward did not stop cleanly'),
    );
  }

  /** Of workspaces that are not there any more none are kept. Those that are only not known for a moment stay. */
  let unfollow = (): void => undefined;
  function follow(session: Session | undefined): void {
    unfollow();
    unfollow = () => undefined;
    if (session === undefined) return;
    const { workspaces } = session.world;
    const sweep = (name?: string): void => {
      for (const forward of of(name))
        if (workspaces.get(forward.workspace.id)?.metadata.uid !== forward.workspace.uid)
          endInTime(forward, 'A forward has ended with its workspace');
    };
    unfollow = workspaces.onChange(({ object }) => sweep(object.metadata.name));
    sweep();
  }
  follow(cluster.openSession);
  const stopFollowing = cluster.onSession(follow);
  // They would wait for workspaces of a cluster that nobody asks for.
  const stopLeaving = cluster.onLeave(() => {
    for (const forward of of(undefined)) endInTime(forward, 'A forward has ended with the change to another cluster');
  });

  async function make(id: string, wish: ForwardWish): Promise<Forward> {
    const session = cluster.session();
    session.workspaces.shown(id);
    const workspace = session.world.workspaces.get(id);
    const uid = workspace?.metadata.uid ?? '';
    checkProtocol(id, workspace?.spec.ports ?? [], wish.port);
    const place = localPlace(wish);
    const isSame = (one: OpenForward): boolean =>
      one.workspace.uid === uid && one.port === wish.port && samePlace(one.place, place);
    const known = [...all.values()].find(isSame);
    // Any free port is another one each time.
    if (known !== undefined && (place.kind === 'socket' || place.port !== 0)) return known.view();
    if (isClosed || all.size >= mostForwards) {
      throw new GuildNetError('overloaded', `There are ${String(all.size)} forwards, which is the most at a time.`, {
        remedy: 'Stop one that is not needed: guildnet forwards shows them.',
      });
    }
    const forward = await openForward({
      id: randomBytes(4).toString('hex'),
      workspace: { id, uid },
      port: wish.port,
      place,
      reach,
      way,
      watch: () => cluster.openSession?.workspaces.traffic.forward(id, wish.port) ?? unwatched,
      log,
    });
    // It may have been deleted, or the host stopped, meanwhile.
    if (isClosed || reachedNone(forward)) {
      await forward.stop();
      throw new GuildNetError('conflict', `The workspace ${id} has gone meanwhile.`);
    }
    all.set(forward.id, forward);
    const view = forward.view();
    log.info(
      { id: forward.id, workspace: id, port: wish.port, at: view.addresses },
      'A port of a workspace is forwarded',
    );
    if (view.exposed)
      log.warn({ id: forward.id, at: view.addresses }, 'Whoever reaches this address reaches the forwarded port');
    return view;
  }

  function reachedNone({ workspace }: OpenForward): boolean {
    const reached = reach(workspace);
    return reached.kind === 'nowhere' && reached.why.code === 'not_found';
  }

  function of(workspace: string | undefined): OpenForward[] {
    return [...all.values()].filter((one) => workspace === undefined || one.workspace.id === workspace);
  }

  return {
    list: (workspace) => of(workspace).map((one) => one.view()),
    open(workspace, wish) {
      const made = turn.then(() => make(workspace, wish));
      turn = made.catch(() => undefined);
      return made;
    },
    async stop(id) {
      const forward = all.get(id);
      if (forward === undefined) {
        throw new GuildNetError('not_found', `There is no forward "${id.slice(0, 80)}".`, {
          remedy:
            'It may have been stopped, or ended with its workspace; guildnet forwards shows those that there are.',
        });
      }
      await end(forward, 'A forward was stopped');
    },
    async stopAll(workspace) {
      const own = of(workspace);
      await Promise.all(own.map((one) => end(one, 'A forward was stopped')));
      return own.map(({ id }) => id);
    },
    get connections() {
      return of(undefined).reduce((sum, { open }) => sum + open, 0);
    },
    async close() {
      isClosed = true;
      stopFollowing();
      stopLeaving();
      unfollow();
      await turn;
      const ended = await Promise.allSettled(of(undefined).map((one) => end(one, 'A forward has ended with the host')));
      for (const one of ended) if (one.status === 'rejected') throw one.reason;
    },
  };
}
