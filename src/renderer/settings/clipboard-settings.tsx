import { createResource, For, Show, type JSX } from 'solid-js';
import type { ClipboardActions } from '../platform/platform.ts';
import { useSession } from '../state/session.tsx';
import { t } from '../words/language.ts';

/** Which workspaces may read the clipboard, and may not; nothing in a browser, which asks by itself. */
export function ClipboardSettings(): JSX.Element {
  const { platform } = useSession();
  return <Show when={platform.clipboard}>{(actions) => <Answers actions={actions()} />}</Show>;
}

function Answers(props: { actions: ClipboardActions }): JSX.Element {
  const { world } = useSession();
  const [answers, { mutate }] = createResource(() => props.actions.answers());
  const known = () => (answers.state === 'ready' ? answers() : []);
  const forget = async (id: string): Promise<void> => {
    mutate(await props.actions.forget(id));
  };
  return (
    <Show when={known().length > 0}>
      <section class="mb-5 max-w-prose" aria-label={t().clipboard.title}>
        <h2 class="mb-1 font-medium">{t().clipboard.title}</h2>
        <ul class="card divide-y divide-line">
          <For each={known()}>
            {({ id, mayRead }) => (
              <li class="flex items-center gap-3 px-3 py-1.5">
                <span class="min-w-0 flex-1 truncate">{world.servers[id]?.name ?? id}</span>
                <span class="text-sm text-muted">{mayRead ? t().clipboard.may : t().clipboard.mayNot}</span>
                <button
                  type="button"
                  class="button"
                  aria-label={t().clipboard.askAgainOf(world.servers[id]?.name ?? id)}
                  onClick={() => void forget(id)}
                >
                  {t().clipboard.askAgain}
                </button>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  );
}
