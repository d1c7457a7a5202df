import { useNavigate, type Navigator } from '@solidjs/router';
import { createEffect, onCleanup, onMount } from 'solid-js';
import type { DesktopEvent } from '#contract/desktop.ts';
import type { Platform } from '../platform/platform.ts';
import type { ShownProblem } from '../problem/shown-problem.ts';
import { useSession, type Session } from '../state/session.tsx';
import { retryDelayMs } from '../state/retry-delay.ts';
import { isTabCommand, useTabs, type TabActions } from '../tabs/use-tabs.ts';
import { languageChoice, t } from '../words/language.ts';

/** Follows what the desktop asks of the page (tray, notifications, deep links) and tells of its views. */
export function useDesktopEvents(): void {
  const session = useSession();
  const { platform } = session;
  const open = platform.events;
  if (open === undefined) return;
  const navigate = useNavigate();
  const tabs = useTabs();
  const stop = new AbortController();

  const follow = async (open: NonNullable<Platform['events']>): Promise<void> => {
    for (let failures = 0; !stop.signal.aborted; failures += 1) {
      try {
        for await (const event of await open(stop.signal)) {
          failures = 0;
          obey(event, session, { navigate, tabs });
        }
      } catch (error) {
        if (stop.signal.aborted) return;
        console.warn('The stream of desktop events ended and is opened again.', error);
      }
      await pause(retryDelayMs(failures + 1, Math.random()), stop.signal);
    }
  };

  // The menus speak as the pages do.
  createEffect(() => {
    platform.speak?.(languageChoice()).catch((error: unknown) => console.warn('The menus keep their language.', error));
  });
  onMount(() => void follow(open));
  onCleanup(() => stop.abort());
}

function obey(
  event: DesktopEvent,
  session: Session,
  { navigate, tabs }: { navigate: Navigator; tabs: TabActions },
): void {
  session.desktop.take(event);
  switch (event.type) {
    case 'navigate':
      // Two slashes would begin another host's address.
      if (!event.path.startsWith('//')) navigate(event.path);
      return;
    case 'ide':
      if (event.id !== session.deck.current()) return;
      session.deck.setProblem(problemOfIde(event));
      return;
    case 'command':
      if (isTabCommand(event.command)) tabs.perform(event.command);
      else if (event.command === 'launch') navigate('/launch');
      return;
    case 'focused':
      // Of two views that are seen, the one that the person goes into is the one that the toolbar is about.
      if (event.id === session.deck.beside()) tabs.show(event.id);
      return;
    case 'windows':
    case 'downloads':
    case 'updates':
    case 'found':
    case 'problem':
      return;
  }
}

function problemOfIde(event: Extract<DesktopEvent, { type: 'ide' }>): ShownProblem | undefined {
  if (event.state === 'failed')
    return { code: 'ide_failed', message: event.message ?? t().view.notLoaded, remedy: t().view.reloadIt };
  if (event.state === 'hung')
    return {
      code: 'ide_hung',
      message: t().view.hung,
      remedy: t().view.hungRemedy,
    };
  return undefined;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
  });
}
