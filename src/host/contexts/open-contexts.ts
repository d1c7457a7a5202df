import type { ContextChoice, KubeContext } from '#contract/contexts.ts';
import { mostOpenContexts } from '#contract/contexts.ts';
import { GuildNetError } from '#contract/errors.ts';
import type { ClusterConnection } from '../cluster/connection.ts';
import { noSuchContext } from '../cluster/no-such-context.ts';
import type { Log } from '../observability/log.ts';
import type { Awaited } from '../proxy/waiting/patient-proxy.ts';
import { awaitedThere } from './awaited-there.ts';
import type { ClusterScope } from './cluster-scope.ts';
import { contextLabel } from './context-label.ts';
import type { KeptOpen } from './kept-open.ts';
import { labelledBy } from './labelled.ts';
import type { Labelled } from './labelled.ts';

/** A context that is open beside the one in use. */
export interface OpenContext {
  readonly name: string;
  readonly label: string;
  readonly as: Labelled;
  readonly scope: ClusterScope;
  /** What requests for its workspaces wait for, by their ids here. */
  readonly awaited: Awaited;
}

/** The contexts that are open beside the one that the host works with. */
export interface OpenContexts {
  /** In the order in which they were opened. The same array until another is open. */
  list(): readonly OpenContext[];
  /** By its label. */
  at(label: string): OpenContext | undefined;
  /** All of the kubeconfig, with how those fare that are open. Rejects with `bad_config`. */
  shown(): Promise<KubeContext[]>;
  /** Opens one, also one that does not answer, now and whenever the host starts. Rejects with `not_found`, or `overloaded` where there are too many. */
  open(choice: ContextChoice): Promise<KubeContext>;
  /** Its workspaces go on without this host. Nothing happens where it is not open. Rejects with `not_found`. */
  close(name: string): Promise<KubeContext>;
  /** Another is open, or one is not any more. */
  onList(listener: () => void): void;
  /** The same, or how one of them fares has changed. */
  onChange(listener: () => void): void;
  /** Opens those of before, once it is known which one is in use. */
  start(): void;
  stop(): Promise<void>;
}

export interface OpenContextsOptions {
  /** The one in use. */
  cluster: Pick<ClusterConnection, 'state' | 'contexts' | 'onState' | 'onContexts'>;
  make(choice: ContextChoice, as: Labelled): ClusterScope;
  kept: KeptOpen;
  log: Log;
}

export function createOpenContexts({ cluster, make, kept, log }: OpenContextsOptions): OpenContexts {
  const listeners = new Set<() => void>();
  const listListeners = new Set<() => void>();
  let wanted: readonly ContextChoice[] = [];
  let opened: readonly (OpenContext & { choice: ContextChoice })[] = [];
  let isStopped = false;
  /** One thing after the other: what is read of the kubeconfig is what is acted by. */
  let turn: Promise<unknown> = Promise.resolve();
  const closings = new Set<Promise<void>>();

  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const done = turn.then(work);
    turn = done.catch(() => undefined);
    return done;
  };
  const changed = (): void => {
    for (const listener of listeners) listener();
  };

  function end(one: OpenContext): void {
    // A cluster that does not answer takes its time to be left, and keeps nobody.
    const closing = one.scope.close().catch((error: unknown) => {
      log.warn({ err: error, context: one.name }, 'A context did not close cleanly');
    });
    closings.add(closing);
    void closing.finally(() => closings.delete(closing));
    log.info({ context: one.name }, 'A context is not open any more');
  }

  function begin(choice: ContextChoice): OpenContext & { choice: ContextChoice } {
    const { context: name } = choice;
    const label = contextLabel(name);
    const as = labelledBy(label, name);
    const scope = make(choice, as);
    log.info({ context: name, label }, 'A context is opened beside the one in use');
    return { name, label, as, scope, awaited: awaitedThere(scope.awaited), choice };
  }

  /** Has those open that are wanted, are there, and are not the one in use anyway. */
  async function settle(): Promise<void> {
    if (isStopped) return;
    const known = await cluster.contexts();
    const shallBe = wanted.filter(({ context }) => known.some((one) => one.name === context && !one.current));
    const isMeant = (one: { choice: ContextChoice }): boolean => shallBe.includes(one.choice);
    const gone = opened.filter((one) => !isMeant(one));
    const staying = opened.filter(isMeant);
    const missing = shallBe.filter((choice) => !staying.some((one) => one.choice === choice));
    if (gone.length === 0 && missing.length === 0) return;
    for (const one of gone) end(one);
    const fresh = missing.map(begin);
    opened = [...staying, ...fresh];
    // Whoever hears of it finds them in the list.
    for (const listener of listListeners) listener();
    changed();
    for (const one of fresh) {
      one.scope.cluster.onState(changed);
      one.scope.cluster.onSession(changed);
      one.scope.cluster.start('auto');
    }
  }

  function settleInTime(): void {
    inTurn(settle).catch((error: unknown) => {
      // A kubeconfig that cannot be read closes nothing; it is looked at again when it is mended.
      log.warn({ err: error }, 'Which contexts there are could not be read: those that are open stay');
    });
  }

  async function shown(): Promise<KubeContext[]> {
    const known = await cluster.contexts();
    return known.map((one) => {
      const there = opened.find(({ name }) => name === one.name);
      if (there === undefined) return one;
      const {
        local: _local,
        progress: _progress,
        source: _source,
        context: _context,
        ...open
      } = there.scope.cluster.state;
      return { ...one, label: there.label, open };
    });
  }

  async function demanded(name: string): Promise<KubeContext> {
    const known = await shown();
    const found = known.find((one) => one.name === name);
    if (found !== undefined) return found;
    throw noSuchContext(
      name,
      known.map((one) => one.name),
    );
  }

  return {
    list: () => opened,
    at: (label) => opened.find((one) => one.label === label),
    shown,
    open: (choice) =>
      inTurn(async () => {
        await demanded(choice.context);
        const others = wanted.filter(({ context }) => context !== choice.context);
        const before = wanted.find(({ context }) => context === choice.context);
        if (before === undefined || before.namespace !== choice.namespace) {
          const label = contextLabel(choice.context);
          const taken = others.find(({ context }) => contextLabel(context) === label);
          if (taken !== undefined)
            throw new GuildNetError(
              'conflict',
              `${taken.context} is open, and its ids are those of ${choice.context}.`,
              {
                remedy: 'Close it, or rename one of them in the kubeconfig.',
              },
            );
          if (others.length >= mostOpenContexts)
            throw new GuildNetError('overloaded', `${String(mostOpenContexts)} contexts are open, which is the most.`, {
              remedy: 'Close one that is not needed.',
            });
          wanted = [...others, choice];
          await kept.keep(wanted);
          await settle();
        }
        return demanded(choice.context);
      }),
    close: (name) =>
      inTurn(async () => {
        const others = wanted.filter(({ context }) => context !== name);
        if (others.length === wanted.length) return demanded(name);
        wanted = others;
        await kept.keep(wanted);
        await settle();
        // It may be gone from the kubeconfig, which is why it is closed.
        const known = await shown();
        return known.find((one) => one.name === name) ?? { name, selected: false, current: false };
      }),
    onList: (listener) => void listListeners.add(listener),
    onChange: (listener) => void listeners.add(listener),
    start() {
      inTurn(async () => {
        wanted = [...(await kept.read())];
      }).catch((error: unknown) => log.warn({ err: error }, 'The contexts of before are not opened'));
      let place = '';
      cluster.onState(({ source, context }) => {
        const now = JSON.stringify([source, context]);
        if (now === place) return;
        place = now;
        settleInTime();
      });
      cluster.onContexts(settleInTime);
    },
    async stop() {
      isStopped = true;
      await turn;
      for (const one of opened) end(one);
      opened = [];
      for (const all of [listeners, listListeners]) all.clear();
      await Promise.all(closings);
    },
  };
}
