import { totalmem } from 'node:os';
import type { ViewMemory } from '#contract/desktop.ts';
import type { Log } from '#host/observability/log.ts';
import type { Settings } from '../settings/settings.ts';
import { automaticBudget, budgetBytes, toLetGo } from './budget.ts';
import type { IdeViews, OpenView } from './ide-views.ts';
import { memoryOf } from './process-memory.ts';

/** How often it is looked, in milliseconds: a page grows slowly, and looking costs a few milliseconds for each view. */
const everyMs = 20_000;

export interface ViewBudgetKeeper {
  memory(): Promise<ViewMemory>;
  choose(budget: ViewMemory['budget']): Promise<ViewMemory>;
  close(): void;
}

/** Lets views go that nobody looks at, those first that were not looked at for longest, once all of these take more than they may. */
export function keepViewBudget(options: {
  views: Pick<IdeViews, 'open' | 'letGo'>;
  settings: Settings;
  log: Log;
}): ViewBudgetKeeper {
  const { views, settings, log } = options;
  const chosen = (): ViewMemory['budget'] => settings.now().viewBudget ?? 'automatic';

  const measure = (): Promise<(OpenView & { bytes: number })[]> =>
    Promise.all(views.open().map(async (view) => ({ ...view, bytes: await memoryOf(view.contents) })));

  async function look(): Promise<void> {
    if (views.open().every(({ isShown }) => isShown)) return;
    const idle = (await measure()).filter(({ isShown }) => !isShown);
    for (const id of toLetGo(idle, budgetBytes(chosen(), totalmem()))) views.letGo(id);
  }
  const tell = (error: unknown): void => log.warn({ err: error }, 'the memory of IDEs could not be looked after');
  const timer = setInterval(() => void look().catch(tell), everyMs);

  const memory = async (): Promise<ViewMemory> => ({
    budget: chosen(),
    bytes: budgetBytes(chosen(), totalmem()),
    automatic: automaticBudget(totalmem()),
    views: (await measure()).map(({ id, bytes, isShown }) => ({ id, bytes, isShown })),
  });
  return {
    memory,
    async choose(budget) {
      settings.change({ viewBudget: budget });
      await look();
      return memory();
    },
    close: () => clearInterval(timer),
  };
}
