import { For, Show, type JSX } from 'solid-js';
import { ProblemNote } from '../components/problem-note.tsx';
import { createClock } from '../time/clock.ts';
import { t } from '../words/language.ts';
import { ShareRow } from './share-row.tsx';
import type { KnownShares } from './use-shares.ts';

/** Shares, or that there are none. */
export function ShareList(props: { known: KnownShares; empty: string; namesWorkspace: boolean }): JSX.Element {
  const now = createClock(5_000);
  return (
    <section class="flex flex-col gap-3" aria-label={t().sharing.list}>
      <Show when={props.known.problem()}>
        {(it) => <ProblemNote title={t().sharing.notKnown} {...it()} tone="wait" />}
      </Show>
      <Show when={props.known.refusal()}>
        {(it) => <ProblemNote {...it()} alert onDismiss={() => props.known.dismiss()} />}
      </Show>
      <Show
        when={props.known.isKnown()}
        fallback={
          <Show when={props.known.problem() === undefined}>
            <p class="flex items-center gap-2.5 text-muted">
              <span class="spinner" /> {t().sharing.looking}
            </p>
          </Show>
        }
      >
        <Show
          when={props.known.shares.length > 0}
          fallback={<p class="card px-4 py-8 text-center text-muted">{props.empty}</p>}
        >
          <ul class="card divide-y divide-line" aria-label={t().sharing.list}>
            <For each={props.known.shares}>
              {(share) => (
                <ShareRow
                  share={share}
                  now={now()}
                  namesWorkspace={props.namesWorkspace}
                  onRevoke={(revoked) => props.known.revoke(revoked)}
                />
              )}
            </For>
          </ul>
        </Show>
      </Show>
    </section>
  );
}
