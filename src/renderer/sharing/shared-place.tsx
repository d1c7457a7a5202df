import { A } from '@solidjs/router';
import { Show, type JSX } from 'solid-js';
import type { Sharing } from '#contract/shares.ts';
import { ProblemNote } from '../components/problem-note.tsx';
import { t } from '../words/language.ts';
import { AddressCard } from './address-card.tsx';

/** Where others find a workspace, or why nobody does. */
export function SharedPlace(props: { sharing: Sharing; name: string }): JSX.Element {
  return (
    <Show
      when={props.sharing.address}
      fallback={
        <ProblemNote
          tone="wait"
          message={t().sharing.noTailnet}
          remedy={t().sharing.noTailnetRemedy}
          actions={
            <A class="button" href="/tailnet">
              {t().tailnet.title}
            </A>
          }
        />
      }
    >
      {(address) => (
        <AddressCard
          name={t().sharing.addressOf(props.name)}
          title={t().sharing.address}
          address={address()}
          code={t().sharing.code(props.name)}
        >
          <p class="text-sm text-muted">{t().sharing.says}</p>
          <Show when={props.sharing.first_visit}>
            {(url) => (
              <p class="text-sm text-muted">
                {t().sharing.firstVisit} <span class="block font-mono wrap-anywhere text-ink select-all">{url()}</span>
              </p>
            )}
          </Show>
        </AddressCard>
      )}
    </Show>
  );
}
