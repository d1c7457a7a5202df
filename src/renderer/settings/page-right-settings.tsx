import { createResource, For, Show, type JSX } from 'solid-js';
import type { PageRightActions } from '../platform/platform.ts';
import { useSession } from '../state/session.tsx';
import { t } from '../words/language.ts';
import type { Words } from '../words/words.ts';

/** What workspaces asked for and people answered: who may read the clipboard, and show notifications. Nothing in a browser, which asks by itself. */
export function PageRightSettings(): JSX.Element {
  const { platform } = useSession();
  return (
    <>
      <Show when={platform.clipboard}>
        {(actions) => <Answers title={t().clipboard.title} words={t().clipboard} actions={actions()} />}
      </Show>
      <Show when={platform.notifications}>
        {(actions) => <Answers title={t().notifications.title} words={t().notifications} actions={actions()} />}
      </Show>
    </>
  );
}

function Answers(props: { title: string; words: Words['clipboard']; actions: PageRightActions }): JSX.Element {
  const { world } = useSession();
  const [answers, { mutate }] = createResource(() => props.actions.answers());
  const known = () => (answers.state === 'ready' ? answers() : []);
  const forget = async (id: string): Promise<void> => {
    mutate(await props.actions.forget(id));
  };
  return (
    <Show when={known().length > 0}>
      <section class="mb-5 max-w-prose" aria-label={props.title}>
        <h2 class="mb-1 font-medium">{props.title}</h2>
        <ul class="card divide-y divide-line">
          <For each={known()}>
            {({ id, isAllowed }) => (
              <li class="flex items-center gap-3 px-3 py-1.5">
                <span class="min-w-0 flex-1 truncate">{world.servers[id]?.name ?? id}</span>
                <span class="text-sm text-muted">{isAllowed ? props.words.may : props.words.mayNot}</span>
                <button
                  type="button"
                  class="button"
                  aria-label={props.words.askAgainOf(world.servers[id]?.name ?? id)}
                  onClick={() => void forget(id)}
                >
                  {props.words.askAgain}
                </button>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  );
}
