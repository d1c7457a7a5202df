import { chosenShortcutsSchema, shortcutsOf, type ChosenShortcuts } from '#contract/shortcuts/shortcuts.ts';
import { shortcutProblem } from '#contract/shortcuts/shortcut-problem.ts';
import type { ShortcutActions } from '../platform/platform.ts';

const key = 'guildnet.shortcuts';

/** The keys of the commands in a browser, which keeps them; as they usually are where what is kept makes no sense. */
export function keptShortcuts(storage: Pick<Storage, 'getItem' | 'setItem'>, isMac: boolean): ShortcutActions {
  const read = (): ChosenShortcuts => {
    try {
      return chosenShortcutsSchema.safeParse(JSON.parse(storage.getItem(key) ?? '{}')).data ?? {};
    } catch {
      // Somebody else's, or half written: begun afresh, as it is only a comfort.
      return {};
    }
  };
  return {
    state: () => Promise.resolve({ isMac, chosen: read() }),
    choose: async ({ command, accelerator }) => {
      const chosen = read();
      const problem =
        accelerator === null ? undefined : shortcutProblem(command, accelerator, shortcutsOf(chosen), isMac);
      if (problem !== undefined) throw new Error(`"${String(accelerator)}" cannot be had: ${problem.why}.`);
      const next = { ...chosen, [command]: accelerator ?? undefined };
      storage.setItem(key, JSON.stringify(next));
      return { isMac, chosen: next };
    },
  };
}
