import { createResource, createSignal, For, Show, type JSX } from 'solid-js';
import { viewBudgetSchema, type ViewMemory } from '#contract/desktop.ts';
import { ProblemNote } from '../components/problem-note.tsx';
import { sizeWords } from '../downloads/size-words.ts';
import type { IdeViews } from '../platform/platform.ts';
import { toShownProblem, type ShownProblem } from '../problem/shown-problem.ts';
import { useSession } from '../state/session.tsx';
import { t } from '../words/language.ts';

/** What can be chosen, in MB; beside it the one that is chosen, should a file have another. */
const amounts = [0, 500, 1_000, 2_000, 4_000, 8_000];
const megabyte = 1_000_000;

/** What IDEs that nobody looks at may take of the memory; nothing in a browser, which sees to that itself. */
export function MemorySettings(): JSX.Element {
  const { platform } = useSession();
  return <Show when={platform.ide}>{(views) => <Choice views={views()} />}</Show>;
}

function Choice(props: { views: IdeViews }): JSX.Element {
  const { world } = useSession();
  const [state, { mutate }] = createResource(() => props.views.memory());
  const [problem, setProblem] = createSignal<ShownProblem>();
  const known = (): ViewMemory | undefined => (state.state === 'ready' ? state() : undefined);
  const choose = async (text: string): Promise<void> => {
    setProblem(undefined);
    try {
      mutate(await props.views.chooseMemory(viewBudgetSchema.parse(text === 'automatic' ? text : Number(text))));
    } catch (error) {
      setProblem(toShownProblem(error));
    }
  };
  const offered = ({ budget }: ViewMemory): number[] =>
    budget === 'automatic' || amounts.includes(budget) ? amounts : [...amounts, budget];
  return (
    <div class="mb-5">
      <Show when={known()}>
        {(it) => (
          <>
            <label class="mb-1 block font-medium" for="view-memory">
              {t().memory.title}
            </label>
            <select
              id="view-memory"
              class="input max-w-80"
              value={String(it().budget)}
              onChange={(event) => void choose(event.currentTarget.value)}
            >
              <option value="automatic">{t().memory.automatic(sizeWords(it().automatic))}</option>
              <For each={offered(it())}>
                {(amount) => (
                  <option value={String(amount)}>
                    {amount === 0 ? t().memory.none : sizeWords(amount * megabyte)}
                  </option>
                )}
              </For>
            </select>
            <p class="mt-1 max-w-prose text-sm text-muted">{t().memory.about}</p>
            <Show when={it().views.length > 0}>
              <ul class="mt-1 text-sm text-muted" aria-label={t().memory.now}>
                <For each={it().views}>
                  {({ id, bytes }) => (
                    <li class="tabular-nums">
                      {world.servers[id]?.name ?? id}: {sizeWords(bytes)}
                    </li>
                  )}
                </For>
              </ul>
            </Show>
          </>
        )}
      </Show>
      <Show when={problem()}>{(it) => <ProblemNote title={t().startup.notChanged} {...it()} alert />}</Show>
    </div>
  );
}
