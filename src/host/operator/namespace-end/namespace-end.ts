import type { Problem } from '#contract/cluster.ts';
import type { Kube } from '../../kube/clients.ts';
import { systemClock } from '../../kube/clock.ts';
import { fromKubeError } from '../../kube/errors.ts';
import { createInformer } from '../../kube/informer.ts';
import type { World } from '../../kube/world.ts';
import type { Log } from '../../observability/log.ts';
import { createWake } from '../leader/wake.ts';
import { actEnd } from './act-end.ts';
import { decideEnd, isReason, isWaiting } from './decide-end.ts';
import type { Leaving } from './decide-end.ts';
import { endNote } from './end-note.ts';
import {
  accountsOf,
  bindingCollection,
  endBindingName,
  holderOf,
  leavingOf,
  liveEnd,
  parseBinding,
} from './live-end.ts';
import type { Seen, SeenBinding } from './live-end.ts';

/** Sees to it that a namespace that is deleted goes. Disposing of it ends requests, watch and timers. */
export interface NamespaceEnd {
  /** What people should know: that it goes, or that it would not. */
  readonly note: Problem | undefined;
  /** Called when the note is another one. Returns the function that ends it. */
  onNote(listener: () => void): () => void;
  stop(): Promise<void>;
}

/** Whoever leads lets a Workspace go within moments; after that it is asked whether its namespace is the reason. */
const patienceMs = 1_500;
/** While there is something to wait for. */
const soonMs = 1_000;
/** ServiceAccounts are not watched, and the namespace cannot be. */
const lookMs = 10_000;
const deniedRetryMs = 30_000;
const longestMs = 2 ** 31 - 1;

/**
 * Kubernetes takes Roles and RoleBindings away with the rest of a namespace, before a host has let the Workspaces with homes go,
 * and the Lease as well. So while there are such Workspaces a finalizer of ours keeps one small RoleBinding (and the host's ServiceAccount,
 * where it is one of this namespace), and when the namespace goes, every host, whether it leads or not, lets the Workspaces go
 * and then what it kept. Decision record 30.
 */
export function createNamespaceEnd({ kube, world, log }: { kube: Kube; world: World; log: Log }): NamespaceEnd {
  const ending = new AbortController();
  const { signal } = ending;
  const wake = createWake(systemClock.after);
  const live = liveEnd(kube, signal);
  const listeners = new Set<() => void>();
  const bindings = createInformer<SeenBinding>({
    rest: kube.rest,
    what: 'rolebindings',
    collection: bindingCollection(kube.namespace),
    parse: parseBinding,
    log,
    optional: { retryMs: deniedRetryMs },
  });
  /** Names, kept up to date with the live view, so that no look goes through all Workspaces. */
  const reasons = new Set<string>();
  const waiting = new Map<string, number>();
  let namespaceGoing = false;
  let outlast: boolean | undefined;
  let note: Problem | undefined;

  const follow = (name: string): void => {
    const before = [reasons.size > 0, waiting.size] as const;
    const workspace = world.workspaces.get(name);
    const leaving = workspace === undefined ? undefined : leavingOf(workspace);
    if (leaving !== undefined && isReason(leaving)) reasons.add(name);
    else reasons.delete(name);
    if (leaving === undefined || !isWaiting(leaving)) waiting.delete(name);
    else if (!waiting.has(name)) waiting.set(name, performance.now());
    if (before[0] !== reasons.size > 0 || before[1] !== waiting.size) wake.now();
  };
  const tell = (next: Problem | undefined): void => {
    if (next?.code === note?.code) return;
    note = next;
    for (const listener of listeners) listener();
  };

  const readAccounts = async (binding: SeenBinding | undefined): Promise<Map<string, Seen>> => {
    const mayHold = binding !== undefined && (namespaceGoing || reasons.size > 0 || holderOf(binding).held);
    const accounts = new Map<string, Seen>();
    for (const name of mayHold ? accountsOf(binding, kube.namespace) : []) {
      const account = await live.account(name);
      if (account !== undefined) accounts.set(name, account);
    }
    return accounts;
  };
  const readWorkspaces = async (): Promise<Map<string, Leaving & { seen?: Seen }>> => {
    const found = namespaceGoing
      ? await live.workspaces()
      : [...reasons].flatMap((name) => world.workspaces.get(name) ?? []).map((one) => leavingOf(one));
    return new Map(found.map((one) => [one.name, one]));
  };
  /** One look at everything, and what follows from it. Resolves with the ms until the next. */
  const look = async (): Promise<number> => {
    const binding = bindings.get(endBindingName);
    const accounts = await readAccounts(binding);
    const holders = [...accounts.values()].map(holderOf);
    const since = Math.min(...waiting.values());
    const isRightGoing = binding?.metadata.deletionTimestamp !== undefined || holders.some(({ going }) => going);
    const hinted = isRightGoing || performance.now() - since >= patienceMs;
    // Asked after the others were read: if they go with the namespace, it says so by now.
    if (hinted && !namespaceGoing) namespaceGoing = await live.namespaceGoing();
    if (!namespaceGoing && world.workspaces.state !== 'online') return lookMs;
    const isBound = binding !== undefined;
    const wanted = reasons.size > 0;
    if (!isBound && wanted) outlast ??= await live.rightsOutlast();
    tell(endNote({ namespace: kube.namespace, namespaceGoing, isBound, wanted, outlast }));

    const workspaces = await readWorkspaces();
    const step = decideEnd({
      namespaceGoing,
      binding: isBound ? holderOf(binding) : undefined,
      accounts: holders,
      workspaces: workspaces.values(),
    });
    await actEnd(live, step, { binding, accounts, workspaces });
    if (step.do !== 'nothing') log.info(step, 'the end of the namespace is seen to');
    if (namespaceGoing) return soonMs;
    if (waiting.size > 0) return hinted ? lookMs : Math.max(0, since + patienceMs - performance.now());
    return accounts.size > 0 ? lookMs : longestMs;
  };

  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      let ms: number;
      try {
        ms = await look();
      } catch (error) {
        if (signal.aborted) return;
        const { message } = fromKubeError(error, 'seeing to the end of the namespace');
        log[namespaceGoing ? 'info' : 'debug']({ reason: message }, 'what a deleted namespace needs was not done');
        ms = lookMs;
      }
      await wake.sleep(ms);
    }
  };
  const start = async (): Promise<void> => {
    try {
      await bindings.synced(signal);
    } catch (error) {
      if (!signal.aborted) log.warn({ err: error }, 'the end of the namespace is not seen to');
      return;
    }
    await run();
  };

  bindings.onChange(wake.now);
  const ends = [
    world.workspaces.onChange(({ object }) => follow(object.metadata.name)),
    world.workspaces.onState(wake.now),
    bindings.onState(wake.now),
  ];
  for (const { metadata } of world.workspaces.list()) follow(metadata.name);
  bindings.start();
  const running = start();
  return {
    get note() {
      return note;
    },
    onNote: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: async () => {
      for (const end of ends) end();
      ending.abort();
      wake.now();
      await Promise.all([running, bindings.stop()]);
      listeners.clear();
    },
  };
}
