import { createSignal, For, Show, type JSX } from 'solid-js';
import { shortcutCommands, type ShortcutCommand } from '#contract/shortcuts/shortcuts.ts';
import { ProblemNote } from '../components/problem-note.tsx';
import type { ShownProblem } from '../problem/shown-problem.ts';
import { useSession } from '../state/session.tsx';
import { t } from '../words/language.ts';
import { ShortcutRow } from './shortcut-row.tsx';

/** What a browser has keys of its own for. */
const ofTheDesktop: ReadonlySet<ShortcutCommand> = new Set(['leave-ide', 'find']);

/** Which key does what, and another one for it. */
export function ShortcutSettings(): JSX.Element {
  const { platform } = useSession();
  const [problem, setProblem] = createSignal<ShownProblem>();
  const isDesktop = platform.kind === 'desktop';
  const shown = shortcutCommands.filter((command) => isDesktop || !ofTheDesktop.has(command));
  return (
    <section class="mb-5 max-w-prose" aria-label={t().shortcuts.title}>
      <h2 class="mb-1 font-medium">{t().shortcuts.title}</h2>
      <p class="mb-2 text-sm text-muted">
        {t().shortcuts.about} {isDesktop ? '' : t().shortcuts.inBrowser}
      </p>
      <ul class="card divide-y divide-line" aria-label={t().shortcuts.title}>
        <For each={shown}>{(command) => <ShortcutRow command={command} onProblem={setProblem} />}</For>
      </ul>
      <Show when={problem()}>
        {(it) => (
          <div class="mt-2">
            <ProblemNote title={t().shortcuts.notChanged} {...it()} alert onDismiss={() => setProblem(undefined)} />
          </div>
        )}
      </Show>
    </section>
  );
}
