import { dialog, type BaseWindow, type WebContents } from 'electron';
import type { ClipboardRight } from '#contract/desktop.ts';
import type { HostClient } from '#contract/routes.ts';
import { createAllowance, type Allowance } from '#host/access/allowance.ts';
import type { Log } from '#host/observability/log.ts';
import type { FollowedWorld } from '../follow-world.ts';
import { plainWords } from '../ide/pop-up-shape.ts';
import type { Settings } from '../settings/settings.ts';
import { t } from '../words/words.ts';
import { decideClipboard, withAnswer } from './clipboard-decision.ts';

/** A page can have itself asked for as often as it likes: three questions of a workspace, then one a minute. */
const burst = 3;
const refillMs = 60_000;

export interface ClipboardAccess {
  /** Whether the workspace's pages may read it, as far as that is known without asking. */
  isGranted(id: string): boolean;
  /** The same, asking the person where nobody has said anything yet. */
  ask(id: string, contents: WebContents | null): Promise<boolean>;
  /** What a person says of a workspace by themselves. */
  say(id: string, mayRead: boolean): void;
  answers(): ClipboardRight[];
  /** It is asked again. */
  forget(id: string): void;
}

/** Who may read the clipboard: the person is asked for each workspace, in a dialog of the system that no page can draw, and the answer is kept. */
export function createClipboardAccess(options: {
  client: HostClient;
  world: FollowedWorld;
  settings: Settings;
  /** The window that the question stands over. */
  windowOf: (contents: WebContents | null) => BaseWindow;
  log: Log;
}): ClipboardAccess {
  const { client, world, settings, windowOf, log } = options;
  const asking = new Map<string, Promise<boolean>>();
  const allowances = new Map<string, Allowance>();
  /** Those that a preset grants it to, as it was when it was looked up last. */
  const byPreset = new Set<string>();
  const answers = () => settings.now().clipboard ?? [];

  function mayAsk(id: string): boolean {
    const allowance = allowances.get(id) ?? createAllowance(burst, refillMs, () => performance.now());
    allowances.set(id, allowance);
    return allowance.take();
  }

  function say(id: string, mayRead: boolean): void {
    const image = world.now().servers.get(id)?.image;
    if (image !== undefined) settings.change({ clipboard: withAnswer(answers(), { id, image, mayRead }) });
  }

  async function decide(id: string, contents: WebContents | null): Promise<boolean> {
    const server = world.now().servers.get(id);
    if (server === undefined) return false;
    const workspace = { id, image: server.image };
    const decided = decideClipboard(workspace, answers(), await client.presets.list());
    if (decided === 'grant') byPreset.add(id);
    else byPreset.delete(id);
    if (decided !== 'ask') return decided === 'grant';
    if (!mayAsk(id)) {
      log.debug({ workspace: id }, 'a page asked for the clipboard too often and was not heard');
      return false;
    }
    const words = t().clipboard;
    const buttons = [words.allow, words.notNow, words.never];
    const { response } = await dialog.showMessageBox(windowOf(contents), {
      type: 'question',
      message: words.question(plainWords(server.name)),
      detail: words.detail(plainWords(server.image)),
      buttons,
      defaultId: 1,
      cancelId: 1,
    });
    if (response !== 1) say(id, response === 0);
    log.info({ workspace: id, mayRead: response === 0 }, 'a person was asked who may read the clipboard');
    return response === 0;
  }

  const forget = (id: string): void => {
    byPreset.delete(id);
    settings.change({ clipboard: answers().filter((one) => one.id !== id) });
  };
  // Another workspace of this name is another one.
  world.onChange(({ event }) => {
    if (event.type === 'delete' && answers().some(({ id }) => id === event.id)) forget(event.id);
  });

  return {
    isGranted(id) {
      const image = world.now().servers.get(id)?.image;
      if (image === undefined) return false;
      const decided = decideClipboard({ id, image }, answers(), []);
      return decided === 'ask' ? byPreset.has(id) : decided === 'grant';
    },
    ask(id, contents) {
      const under = asking.get(id);
      if (under !== undefined) return under;
      const question = decide(id, contents)
        .catch((error: unknown) => {
          log.warn({ err: error, workspace: id }, 'nobody could be asked who may read the clipboard');
          return false;
        })
        .finally(() => asking.delete(id));
      asking.set(id, question);
      return question;
    },
    say,
    answers: () => answers().map(({ id, mayRead }) => ({ id, mayRead })),
    forget,
  };
}
