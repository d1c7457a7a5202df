import { ORPCError } from '@orpc/client';
import { createSignal, onCleanup, type Accessor } from 'solid-js';
import type { TailnetHost } from '#contract/tailnet.ts';
import type { Platform } from '../platform/platform.ts';
import { reachOf } from './reach.ts';
import { successor } from './standing.ts';
import { afterNews, isAway, placeAt, type News, type Takeover } from './takeover.ts';

/** While all is well, and while it is not. */
const calmMs = 5_000;
const anxiousMs = 500;
/** A host whose machine has lost its power says nothing at all. */
const answerWithinMs = 2_500;

export interface HostWatch {
  readonly state: Accessor<Takeover>;
  /** Looks at once: something else has broken. */
  look(): void;
  go(to: TailnetHost): void;
  stay(): void;
}

/**
 * Asks the host of this page again and again which others have the same workspaces, so that the page knows where to go when it gets no
 * answer any more. While nobody looks at the page nothing is asked.
 */
export function watchHost({ host }: Pick<Platform, 'host'>): HostWatch {
  const ending = new AbortController();
  let state = { kind: 'well' } as Takeover;
  const [shown, show] = createSignal(state);
  let known: readonly TailnetHost[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAsking = false;

  const hear = (news: News): Takeover => {
    state = afterNews(state, news);
    show(state);
    return state;
  };

  function go(to: TailnetHost): void {
    const place = placeAt(to.url, location.pathname, location.hostname);
    if (place !== undefined) location.assign(place);
  }

  async function ask(): Promise<void> {
    try {
      const signal = AbortSignal.any([ending.signal, AbortSignal.timeout(answerWithinMs)]);
      known = await host.tailnet.hosts(undefined, { signal });
      hear({ what: 'answered' });
    } catch (error) {
      if (ending.signal.aborted) return;
      if (error instanceof ORPCError) {
        hear({ what: 'answered' });
        return;
      }
      if (isAway(hear({ what: 'missed' }))) {
        const others = known.filter((one) => !one.here);
        const reach = await reachOf(others, ending.signal);
        hear({ what: 'found', host: successor(others, reach), now: Date.now() });
      }
    }
  }

  function look(): void {
    clearTimeout(timer);
    if (isAsking || ending.signal.aborted) return;
    isAsking = true;
    const asked = document.hidden ? Promise.resolve() : ask();
    void asked.finally(() => {
      isAsking = false;
      if (!ending.signal.aborted) timer = setTimeout(look, state.kind === 'well' ? calmMs : anxiousMs);
    });
  }

  const onVisible = (): void => {
    if (!document.hidden) look();
  };
  document.addEventListener('visibilitychange', onVisible);
  onCleanup(() => {
    ending.abort();
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', onVisible);
  });
  look();
  return { state: shown, look, go, stay: () => void hear({ what: 'stay' }) };
}
