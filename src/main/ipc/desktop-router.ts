import { implement } from '@orpc/server';
import { desktopContract } from '#contract/desktop.ts';
import { newRequestId } from '#host/api/request-id.ts';
import { toWireError } from '#host/api/wire-errors.ts';
import type { Log } from '#host/observability/log.ts';
import type { Downloads } from '../downloads/downloads.ts';
import type { IdeViews } from '../ide/ide-views.ts';
import type { PageRight } from '../rights/page-right.ts';
import type { Language } from '#contract/words/choose-language.ts';
import type { ShortcutKeeper } from '../keys/keep-shortcuts.ts';
import type { ViewBudgetKeeper } from '../ide/keep-budget.ts';
import type { ViewTools } from '../ide/view-tools.ts';
import type { Startup } from '../startup/startup.ts';
import type { Updates } from '../updates/updates.ts';
import type { DesktopEvents } from './desktop-events.ts';

export interface DesktopServices {
  views: IdeViews;
  tools: ViewTools;
  memory: ViewBudgetKeeper;
  clipboard: Pick<PageRight, 'answers' | 'forget'>;
  notifications: Pick<PageRight, 'answers' | 'forget'>;
  shortcuts: Pick<ShortcutKeeper, 'state' | 'choose'>;
  /** Undefined: the system's. */
  speak: (language: Language | undefined) => void;
  downloads: Downloads;
  /** Asks the person where downloads are to go. */
  chooseDownloadFolder: () => Promise<void>;
  startup: Startup;
  updates: Updates;
  events: DesktopEvents;
  log: Log;
}

/** What only the desktop can do, for the UI's page. Its errors cross the port as the host's do. */
export function createDesktopRouter(services: DesktopServices) {
  const {
    views,
    tools,
    memory,
    clipboard,
    notifications,
    shortcuts,
    speak,
    downloads,
    chooseDownloadFolder,
    startup,
    updates,
    events,
    log,
  } = services;
  const os = implement(desktopContract).use(async ({ path, next }) => {
    try {
      return await next();
    } catch (error) {
      const requestId = newRequestId();
      const wire = toWireError(error, requestId);
      log.info({ requestId, call: path.join('.'), code: wire.code, err: error }, 'a call to the desktop was refused');
      throw wire;
    }
  });
  const aboutRight = (calls: typeof os.clipboard, right: DesktopServices['clipboard']) => ({
    answers: calls.answers.handler(() => right.answers()),
    forget: calls.forget.handler(({ input }) => {
      right.forget(input.id);
      return right.answers();
    }),
  });
  return os.router({
    ide: {
      show: os.ide.show.handler(({ input }) => views.show(input)),
      hide: os.ide.hide.handler(() => views.hide()),
      reload: os.ide.reload.handler(({ input }) => views.reload(input.id)),
      popOut: os.ide.popOut.handler(({ input }) => views.popOut(input.id)),
      popIn: os.ide.popIn.handler(({ input }) => views.popIn(input.id)),
      memory: os.ide.memory.handler(() => memory.memory()),
      chooseMemory: os.ide.chooseMemory.handler(({ input }) => memory.choose(input.budget)),
      close: os.ide.close.handler(({ input }) => views.close(input.id)),
      menu: os.ide.menu.handler(({ input: { id, x, y } }) => tools.menu(id, { x, y })),
      find: os.ide.find.handler(({ input: { id, ...look } }) => tools.find(id, look)),
      stopFinding: os.ide.stopFinding.handler(({ input }) => tools.stopFinding(input.id, input.goesBack)),
    },
    clipboard: aboutRight(os.clipboard, clipboard),
    notifications: aboutRight(os.notifications, notifications),
    shortcuts: {
      state: os.shortcuts.state.handler(() => shortcuts.state()),
      choose: os.shortcuts.choose.handler(({ input }) => shortcuts.choose(input)),
    },
    speak: os.speak.handler(({ input }) => speak(input.language === '' ? undefined : input.language)),
    downloads: {
      cancel: os.downloads.cancel.handler(({ input }) => downloads.cancel(input.id)),
      reveal: os.downloads.reveal.handler(({ input }) => downloads.reveal(input.id)),
      chooseFolder: os.downloads.chooseFolder.handler(() => chooseDownloadFolder()),
    },
    startup: {
      state: os.startup.state.handler(() => startup.state()),
      choose: os.startup.choose.handler(({ input }) => startup.choose(input)),
    },
    updates: {
      state: os.updates.state.handler(() => updates.state()),
      look: os.updates.look.handler(() => updates.look()),
      download: os.updates.download.handler(() => updates.download()),
      choose: os.updates.choose.handler(({ input }) => updates.choose(input.looks)),
    },
    events: os.events.handler(({ signal }) => events.subscribe(signal)),
  });
}
