import { createSignal, onCleanup, type Accessor } from 'solid-js';
import { createStore, reconcile } from 'solid-js/store';
import type { Share } from '#contract/shares.ts';
import { toShownProblem, type ShownProblem } from '../problem/shown-problem.ts';
import { useSession } from '../state/session.tsx';
import { poll } from '../state/poll.ts';

/** Others share and revoke as well, from other hosts too. */
const pauseMs = 5_000;

export interface KnownShares {
  shares: readonly Share[];
  isKnown: Accessor<boolean>;
  /** Why they could not be asked for the last time. */
  problem: Accessor<ShownProblem | undefined>;
  /** Why the last that was to be revoked was not. */
  refusal: Accessor<ShownProblem | undefined>;
  dismiss(): void;
  revoke(share: Share): void;
  /** Asks now: something was changed. */
  again(): void;
}

/** Shares, asked for by `load` for as long as the calling component lives. Rows that stay keep their identity. */
export function useShares(load: (signal: AbortSignal) => Promise<Share[]>): KnownShares {
  const { host } = useSession().platform;
  const [shares, setShares] = createStore<Share[]>([]);
  const [isKnown, setKnown] = createSignal(false);
  const [problem, setProblem] = createSignal<ShownProblem>();
  const [refusal, setRefusal] = createSignal<ShownProblem>();
  const polling = poll({
    load,
    onValue: (value) => {
      setShares(reconcile(value, { key: 'id' }));
      setKnown(true);
      setProblem(undefined);
    },
    onProblem: (error) => setProblem(toShownProblem(error)),
    pauseMs,
    isHidden: () => document.hidden,
  });
  onCleanup(() => polling.stop());

  const revoke = async ({ id, workspace }: Share): Promise<void> => {
    setRefusal(undefined);
    try {
      await host.shares.revoke({ id: workspace, share: id });
    } catch (error) {
      setRefusal(toShownProblem(error));
    }
    polling.now();
  };
  return {
    shares,
    isKnown,
    problem,
    refusal,
    dismiss: () => setRefusal(undefined),
    revoke: (share) => void revoke(share),
    again: () => polling.now(),
  };
}
