import { useNavigate } from '@solidjs/router';
import { onCleanup, onMount } from 'solid-js';
import { useSession } from '../state/session.tsx';
import { isTabCommand, useTabs } from '../tabs/use-tabs.ts';
import { pressedKeyOf } from '../shortcuts/pressed-key.ts';
import { shortcutOf } from '../shortcuts/shortcut.ts';

/** Listens for the page's shortcuts. Not while a dialog asks something: it takes all keys. */
export function useShortcuts(): void {
  const navigate = useNavigate();
  const { desktop, shortcuts, undo } = useSession();
  const tabs = useTabs();
  const onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || document.querySelector('[role=alertdialog], [role=dialog]') !== null) return;
    // What another layer of the keyboard makes of a key is a character, though some systems tell of it as Ctrl and Alt.
    if (event.getModifierState('AltGraph')) return;
    // What is in a shadow tree, as the YAML editor is, is not the target here but the first of those it came by.
    const [origin = null] = event.composedPath();
    const inText = isTextField(origin);
    const shortcut = shortcutOf({ ...pressedKeyOf(event), inText }, shortcuts.now(), shortcuts.isMac());
    // A shell has its own use for Ctrl+K, and a program in it for Ctrl+N. It has Tab as well, so that there is a key that leads out of it.
    if (shortcut === undefined || (isTerminal(origin) && shortcut !== 'leave-ide')) return;
    const lastOffer = undo.offers().at(-1);
    if (shortcut === 'undo' && lastOffer === undefined) return;
    event.preventDefault();
    if (shortcut === 'undo') {
      if (lastOffer !== undefined) undo.takeBack(lastOffer.key);
    } else if (isTabCommand(shortcut)) tabs.perform(shortcut);
    else if (shortcut === 'palette' || shortcut === 'leave-ide') desktop.setPaletteOpen(true);
    else navigate('/launch');
  };
  onMount(() => window.addEventListener('keydown', onKey));
  onCleanup(() => window.removeEventListener('keydown', onKey));
}

function isTextField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}

function isTerminal(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('.xterm') !== null;
}
