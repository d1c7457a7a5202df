import { chosenShortcutsSchema, type ChosenShortcuts } from '#contract/shortcuts/shortcuts.ts';
import { withChoice } from '#contract/shortcuts/shortcut-problem.ts';
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
    choose: async (choice) => {
      const made = withChoice(read(), choice, isMac);
      if ('problem' in made) throw new Error(`"${String(choice.accelerator)}" cannot be had: ${made.problem.why}.`);
      storage.setItem(key, JSON.stringify(made.chosen));
      return { isMac, chosen: made.chosen };
    },
  };
}
