import { GuildNetError } from '#contract/errors.ts';
import { withChoice, type ShortcutProblem } from '#contract/shortcuts/shortcut-problem.ts';
import {
  shortcutsOf,
  type ChosenShortcuts,
  type ShortcutChoice,
  type Shortcuts,
  type ShortcutState,
} from '#contract/shortcuts/shortcuts.ts';
import type { Settings } from '../settings/settings.ts';

export interface ShortcutKeeper {
  /** Those that hold. */
  now(): Shortcuts;
  state(): ShortcutState;
  /** Throws `conflict` or `bad_request` for a key that cannot be had; what held before holds on. */
  choose(choice: ShortcutChoice): ShortcutState;
  onChange(listener: () => void): void;
}

/** The keys of the app's own commands, in the settings of this window. Another key than the usual one to leave IDEs by was `paletteKey` once, and still counts. */
export function keepShortcuts(settings: Settings, isMac: boolean): ShortcutKeeper {
  const listeners = new Set<() => void>();
  const chosen = (): ChosenShortcuts => {
    const { paletteKey, shortcuts } = settings.now();
    return { ...(paletteKey === undefined ? {} : { 'leave-ide': paletteKey }), ...shortcuts };
  };
  const state = (): ShortcutState => ({ isMac, chosen: chosen() });
  return {
    now: () => shortcutsOf(chosen()),
    state,
    choose(choice) {
      const made = withChoice(chosen(), choice, isMac);
      if ('problem' in made) throw refusalOf(made.problem, choice.accelerator ?? '');
      settings.change({ shortcuts: made.chosen, paletteKey: undefined });
      for (const listener of listeners) listener();
      return state();
    },
    onChange: (listener) => void listeners.add(listener),
  };
}

function refusalOf(problem: ShortcutProblem, accelerator: string): GuildNetError {
  const remedy = 'Choose another key.';
  switch (problem.why) {
    case 'no-key':
      return new GuildNetError('bad_request', `"${accelerator}" is no key that a command can have.`, { remedy });
    case 'system':
      return new GuildNetError('bad_request', `"${accelerator}" is used by the system or by text fields.`, { remedy });
    case 'ide':
      return new GuildNetError('bad_request', `"${accelerator}" would be taken from every IDE.`, { remedy });
    case 'taken':
      return new GuildNetError('conflict', `"${accelerator}" is the key of "${problem.by}" already.`, { remedy });
  }
}
