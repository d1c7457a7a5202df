import { createSignal, Show, type JSX } from 'solid-js';
import { pressedAccelerator } from '#contract/shortcuts/accelerator.ts';
import { shortcutProblem, type ShortcutProblem } from '#contract/shortcuts/shortcut-problem.ts';
import { usualShortcuts, type ShortcutCommand } from '#contract/shortcuts/shortcuts.ts';
import { toShownProblem, type ShownProblem } from '../problem/shown-problem.ts';
import { pressedKeyOf } from '../shortcuts/pressed-key.ts';
import { useSession } from '../state/session.tsx';
import { t } from '../words/language.ts';

const modifiers = new Set(['Control', 'Alt', 'Shift', 'Meta', 'AltGraph', 'CapsLock']);

/** One command and its key, which is a button: pressed, it takes the next key as the new one. Tab goes on, as everywhere. */
export function ShortcutRow(props: {
  command: ShortcutCommand;
  onProblem: (problem: ShownProblem | undefined) => void;
}): JSX.Element {
  const { shortcuts } = useSession();
  const [isAsking, setAsking] = createSignal(false);
  const name = (): string => t().shortcuts.commands[props.command];
  const keys = (): string => shortcuts.words(props.command) ?? t().shortcuts.none;
  const isUsual = (): boolean => shortcuts.now()[props.command] === usualShortcuts[props.command];

  const choose = async (accelerator: string | null): Promise<void> => {
    setAsking(false);
    const { command } = props;
    const problem =
      accelerator === null ? undefined : shortcutProblem(command, accelerator, shortcuts.now(), shortcuts.isMac());
    props.onProblem(problem === undefined ? undefined : { code: problem.why, message: wordsOf(problem) });
    if (problem !== undefined) return;
    try {
      await shortcuts.choose({ command, accelerator });
    } catch (error) {
      props.onProblem(toShownProblem(error));
    }
  };
  const take = (event: KeyboardEvent): void => {
    if (!isAsking() || event.key === 'Tab' || modifiers.has(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    const isAlone = !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey);
    if (event.key === 'Escape') setAsking(false);
    else if (isAlone && (event.key === 'Delete' || event.key === 'Backspace')) void choose('');
    // What has no name here is no key that can be had, and that is said.
    else void choose(pressedAccelerator(pressedKeyOf(event)) ?? event.key);
  };

  return (
    <li class="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1.5">
      <span class="min-w-0 flex-1 basis-40">{name()}</span>
      <Show when={!isUsual()}>
        <button
          type="button"
          class="button button-quiet"
          aria-label={t().shortcuts.resetOf(name())}
          onClick={() => void choose(null)}
        >
          {t().shortcuts.reset}
        </button>
      </Show>
      <button
        type="button"
        class="button min-w-36 justify-center tabular-nums"
        classList={{ 'text-muted': shortcuts.words(props.command) === undefined }}
        aria-label={isAsking() ? t().shortcuts.pressFor(name()) : t().shortcuts.change(name(), keys())}
        aria-pressed={isAsking()}
        onClick={() => setAsking(true)}
        onKeyDown={take}
        onBlur={() => setAsking(false)}
      >
        {isAsking() ? t().shortcuts.press : keys()}
      </button>
      <span class="sr-only" role="status">
        {isAsking() ? t().shortcuts.pressFor(name()) : ''}
      </span>
    </li>
  );
}

function wordsOf(problem: ShortcutProblem): string {
  const words = t().shortcuts;
  switch (problem.why) {
    case 'no-key':
      return words.noKey;
    case 'system':
      return words.system;
    case 'ide':
      return words.ide;
    case 'taken':
      return words.taken(words.commands[problem.by]);
  }
}
