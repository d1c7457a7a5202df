import type { RouteSectionProps } from '@solidjs/router';
import { Show, type JSX } from 'solid-js';
import { ClusterBanner } from '../cluster/cluster-banner.tsx';
import { OutsideProblem } from '../desktop/outside-problem.tsx';
import { DownloadShelf } from '../downloads/download-shelf.tsx';
import { TakeoverBanner } from '../hosts/takeover-banner.tsx';
import { IdeDeckArea } from '../ide/ide-deck.tsx';
import { CommandPalette } from '../palette/command-palette.tsx';
import { useSession } from '../state/session.tsx';
import { Announcer } from './announcer.tsx';
import { useDesktopEvents } from './desktop-events.ts';
import { useFocusOnNavigation } from './focus.ts';
import { LinkBanner } from './link-banner.tsx';
import { useShortcuts } from './shortcuts.ts';
import { OpenDoorBanner } from './open-door-banner.tsx';
import { DrawerBar } from './drawer.tsx';
import { createNarrow } from './narrow.ts';
import { Sidebar } from './sidebar.tsx';
import { TabBar } from '../tabs/tab-bar.tsx';
import { UndoBar } from '../undo/undo-bar.tsx';
import { t } from '../words/language.ts';

/** What stays on the screen whatever page is shown: the sidebar (a bar on a phone), the banners and the open IDEs. */
export function Shell(props: RouteSectionProps): JSX.Element {
  const { deck } = useSession();
  const isNarrow = createNarrow();
  useShortcuts();
  useDesktopEvents();
  let page: HTMLElement | undefined;
  useFocusOnNavigation(() => page);
  return (
    <div class="flex h-full max-sm:flex-col">
      <a href="#main" class="button button-primary fixed top-2 left-2 z-50 not-focus:sr-only" target="_self">
        {t().frame.skip}
      </a>
      <Show when={isNarrow()} fallback={<Sidebar />}>
        <DrawerBar />
      </Show>
      <main
        ref={(element) => (page = element)}
        id="main"
        tabindex="-1"
        class="flex min-h-0 min-w-0 flex-1 flex-col outline-none"
      >
        <TabBar />
        <OpenDoorBanner />
        <LinkBanner />
        <TakeoverBanner />
        <ClusterBanner />
        <OutsideProblem />
        <div class="min-h-0" classList={{ 'flex-1': deck.current() === undefined }}>
          {props.children}
        </div>
        <IdeDeckArea />
        <DownloadShelf />
        <UndoBar />
      </main>
      <CommandPalette />
      <Announcer />
    </div>
  );
}
