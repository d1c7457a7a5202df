import { Show, type JSX } from 'solid-js';
import { shownAddress, type Forward } from '#contract/forwards.ts';
import { Icon } from '../components/icons.tsx';
import { useWords } from './port-words.ts';
import { t } from '../words/language.ts';

/** One port at the host's machine: where, to what, how much goes through it, and what stands in the way. */
export function ForwardRow(props: { forward: Forward; onStop: () => void }): JSX.Element {
  const address = (): string => shownAddress(props.forward);
  return (
    <li class="px-4 py-2">
      <div class="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span class="min-w-0 truncate font-mono select-text" title={props.forward.addresses.join(', ')}>
          {address()}
        </span>
        <span class="min-w-0 flex-1 truncate text-muted">
          {t().portList.to(String(props.forward.port))} · {useWords(props.forward)}
        </span>
        <button
          type="button"
          class="button button-quiet"
          aria-label={t().portList.stopNamed(address())}
          onClick={() => props.onStop()}
        >
          <Icon name="stop" />
          {t().portList.stop}
        </button>
      </div>
      <Show when={props.forward.exposed}>
        <p class="text-sm text-wait-ink">{t().portList.exposed}</p>
      </Show>
      <Show when={props.forward.problem}>{(it) => <p class="text-sm text-wait-ink">{it().message}</p>}</Show>
    </li>
  );
}
