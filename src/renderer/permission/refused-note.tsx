import { For, Show, type JSX } from 'solid-js';
import { refusedWords, type Refusing } from './offers.ts';
import { t } from '../words/language.ts';

/** In place of the buttons that are not there: what somebody may not do with a workspace, and why when it is asked for. */
export function RefusedNote(props: { of: Refusing }): JSX.Element {
  const words = (): ReturnType<typeof refusedWords> => refusedWords(props.of);
  return (
    <Show when={words().length > 0}>
      <details class="text-sm text-muted">
        <summary class="cursor-pointer">
          {t().permission.youMayNot(
            words()
              .map(({ what }) => what)
              .join(t().permission.or),
          )}
        </summary>
        <ul class="mt-1 flex flex-col gap-0.5 pl-4 select-text">
          <For each={[...new Set(words().map(({ reason }) => reason))]}>
            {(reason) => <li class="wrap-anywhere">{reason}</li>}
          </For>
        </ul>
      </details>
    </Show>
  );
}

/** A page, or a part of one, that is not for whoever looks at it. */
export function NotForYou(props: { title: string; reason: string }): JSX.Element {
  return (
    <section class="card p-5" aria-label={props.title}>
      <h2 class="text-lg font-semibold">{props.title}</h2>
      <p class="mt-1 max-w-prose wrap-anywhere text-muted select-text">{props.reason}</p>
      <p class="mt-1 text-muted">{t().permission.askWhom}</p>
    </section>
  );
}
