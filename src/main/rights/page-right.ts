import { dialog, type BaseWindow, type WebContents } from 'electron';
import type { ShownPreset } from '#contract/presets.ts';
import type { HostClient } from '#contract/routes.ts';
import { createAllowance, type Allowance } from '#host/access/allowance.ts';
import type { Log } from '#host/observability/log.ts';
import type { FollowedWorld } from '../follow-world.ts';
import { plainWords } from '../ide/pop-up-shape.ts';
import { decideRight, withAnswer, type RightAnswer } from './decide-right.ts';

/** A page can ask as often as it likes: three questions of a workspace, then one a minute. */
const burst = 3;
const refillMs = 60_000;

/** Something that a page can ask for and a person decides, such as reading the clipboard. */
export interface RightKind {
  /** For the log. */
  name: string;
  /** What was answered, in the settings of this window. */
  read(): RightAnswer[];
  write(answers: RightAnswer[]): void;
  isGrantedBy(preset: ShownPreset): boolean;
  words(): {
    question: (workspace: string) => string;
    detail: (image: string) => string;
    allow: string;
    notNow: string;
    never: string;
  };
}

export interface PageRight {
  /** Whether the workspace's pages may, as far as that is known without asking. */
  isGranted(id: string): boolean;
  /** The same, asking the person where nobody has said anything yet. */
  ask(id: string, contents: WebContents | null): Promise<boolean>;
  /** What a person says of a workspace by themselves. */
  say(id: string, isAllowed: boolean): void;
  answers(): { id: string; isAllowed: boolean }[];
  /** It is asked again. */
  forget(id: string): void;
}

/** Who may do it: the person is asked for each workspace, in a dialog of the system that no page can draw, and the answer is kept. */
export function createPageRight(options: {
  kind: RightKind;
  client: HostClient;
  world: FollowedWorld;
  /** The window that the question stands over. */
  windowOf: (contents: WebContents | null) => BaseWindow;
  log: Log;
}): PageRight {
  const { kind, client, world, windowOf, log } = options;
  const asking = new Map<string, Promise<boolean>>();
  const allowances = new Map<string, Allowance>();
  /** Those that a preset grants it to, as it was when it was looked up last. */
  const byPreset = new Set<string>();
  const answers = () => kind.read();

  function mayAsk(id: string): boolean {
    const allowance = allowances.get(id) ?? createAllowance(burst, refillMs, () => performance.now());
    allowances.set(id, allowance);
    return allowance.take();
  }

  function say(id: string, isAllowed: boolean): void {
    const image = world.now().servers.get(id)?.image;
    if (image !== undefined) kind.write(withAnswer(answers(), { id, image, isAllowed }));
  }

  async function decide(id: string, contents: WebContents | null): Promise<boolean> {
    const server = world.now().servers.get(id);
    if (server === undefined) return false;
    const workspace = { id, image: server.image };
    const granting = (await client.presets.list()).filter((preset) => kind.isGrantedBy(preset));
    const decided = decideRight(workspace, answers(), granting);
    if (decided === 'grant') byPreset.add(id);
    else byPreset.delete(id);
    if (decided !== 'ask') return decided === 'grant';
    if (!mayAsk(id)) {
      log.debug({ workspace: id, right: kind.name }, 'a page asked for something too often and was not heard');
      return false;
    }
    const words = kind.words();
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
    log.info({ workspace: id, right: kind.name, isAllowed: response === 0 }, 'a person was asked what a page may do');
    return response === 0;
  }

  const forget = (id: string): void => {
    byPreset.delete(id);
    kind.write(answers().filter((one) => one.id !== id));
  };
  // Another workspace of this name is another one.
  world.onChange(({ event }) => {
    if (event.type === 'delete' && answers().some(({ id }) => id === event.id)) forget(event.id);
  });

  return {
    isGranted(id) {
      const image = world.now().servers.get(id)?.image;
      if (image === undefined) return false;
      const decided = decideRight({ id, image }, answers(), []);
      return decided === 'ask' ? byPreset.has(id) : decided === 'grant';
    },
    ask(id, contents) {
      const under = asking.get(id);
      if (under !== undefined) return under;
      const question = decide(id, contents)
        .catch((error: unknown) => {
          log.warn({ err: error, workspace: id, right: kind.name }, 'nobody could be asked what a page may do');
          return false;
        })
        .finally(() => asking.delete(id));
      asking.set(id, question);
      return question;
    },
    say,
    answers: () => answers().map(({ id, isAllowed }) => ({ id, isAllowed })),
    forget,
  };
}
