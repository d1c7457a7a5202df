import { createResource, type Accessor } from 'solid-js';
import { acceleratorText, parseAccelerator, type Accelerator } from '#contract/shortcuts/accelerator.ts';
import {
  shortcutsOf,
  usualShortcuts,
  type ShortcutChoice,
  type ShortcutCommand,
  type Shortcuts,
} from '#contract/shortcuts/shortcuts.ts';
import type { ShortcutActions } from '../platform/platform.ts';
import { t } from '../words/language.ts';
import { keyWords } from './key-words.ts';

export interface ShortcutsStore {
  /** The keys that hold; the usual ones until it is known which were chosen. */
  readonly now: Accessor<Shortcuts>;
  readonly isMac: Accessor<boolean>;
  /** The key of a command in words; undefined where it has none. */
  words(command: ShortcutCommand): string | undefined;
  /** The same for `aria-keyshortcuts`. */
  ariaKeys(command: ShortcutCommand): string | undefined;
  /** What is said beside *Launch*. */
  launchHint(): string | undefined;
  /** Rejects for a key that cannot be had. */
  choose(choice: ShortcutChoice): Promise<void>;
}

export function createShortcuts(actions: ShortcutActions): ShortcutsStore {
  const [state, { mutate }] = createResource(() =>
    actions.state().catch((error: unknown) => {
      console.warn('The keys that were chosen are not known.', error);
      return undefined;
    }),
  );
  const now = (): Shortcuts => shortcutsOf(state.latest?.chosen ?? {});
  const isMac = (): boolean => state.latest?.isMac ?? navigator.userAgent.includes('Mac');
  const keyOf = (command: ShortcutCommand): Accelerator | undefined => parseAccelerator(now()[command], isMac());
  const words = (command: ShortcutCommand): string | undefined => {
    const key = keyOf(command);
    return key === undefined ? undefined : keyWords(key, t().shortcuts.keys, isMac());
  };
  return {
    now,
    isMac,
    words,
    ariaKeys: (command) => {
      const key = keyOf(command);
      return key === undefined ? undefined : acceleratorText(key).replace('Command', 'Meta');
    },
    launchHint: () => (now().launch === usualShortcuts.launch ? 'N' : words('launch')),
    choose: async (choice) => {
      mutate(await actions.choose(choice));
    },
  };
}
