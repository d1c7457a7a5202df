import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FileChooser, type Frame, type Page, expect } from '@playwright/test';
import { ide } from '../fixtures/ide.ts';
import { type App, type AppView, onDesktop, pathNotTried } from './app.ts';

/** The local image takes it from AGENT_DEFAULT_PASSWORD; here the workspace says its own. */
const password = 'apps-password';
const appears = 60_000;
/** How long 200 MB may take beside everything else that a busy machine does, in milliseconds. */
const uploads = 600_000;

/** A folder of its own for each place, so that nothing of another place's is opened or found again. */
const folderOf = ({ place }: AppView): string => `/home/coder/in-${place}`;

const code = ({ view, keyboard }: AppView): ReturnType<typeof ide> => ide(view, keyboard, password);

/** A name that nothing else has, here or in another place. */
const fresh = (extension: string): string => `${randomUUID().slice(0, 8)}.${extension}`;

/** Runs a line in the terminal and waits for `answer`, which the line makes and which no earlier one may have left there. */
async function shell(seen: AppView, line: string, answer: string): Promise<void> {
  const it = code(seen);
  await it.openTerminal();
  await it.typeInTerminal(`clear; ${line}`);
  await it.expectInTerminal(answer);
}

/** Waits in the terminal until a command succeeds. */
async function until(seen: AppView, command: string): Promise<void> {
  await shell(seen, `until ${command}; do sleep 0.2; done; echo done-$((6*7))`, 'done-42');
}

/** Makes a file of one line in the terminal, and opens it. */
async function openFile(seen: AppView, name: string, line: string): Promise<void> {
  const file = `${folderOf(seen)}/${name}`;
  await shell(seen, `echo '${line}' > ${file}; echo made-$(wc -l < ${file})`, 'made-1');
  await code(seen).expectFile(file, line);
}

async function press(seen: AppView, ...keys: string[]): Promise<void> {
  for (const key of keys) await seen.keyboard.press(key);
}

async function inWebview(view: Page | Frame, text: string): Promise<void> {
  const outer = view.frameLocator('iframe.webview.ready').last();
  await expect(outer.frameLocator('iframe#active-frame').getByText(text).first()).toBeVisible({ timeout: appears });
}

/** What a person allows when the browser asks; on the desktop the stage has said so. */
async function allowClipboard({ page, place }: AppView): Promise<void> {
  if (!onDesktop(place)) await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
}

export const codeServer: App = {
  title: 'code-server',
  image: undefined,
  env: { PASSWORD: password },
  leavesOut: { path: pathNotTried },
  uses: [
    {
      does: 'opens a terminal that answers',
      needs: 'upgrade',
      async run(seen) {
        await code(seen).ready();
        // The terminal of another place may still be there, with what was answered in it.
        const answer = `42-${seen.place}`;
        // While it starts, the focus goes to and fro, and keys go where it is.
        await expect(async () => {
          await shell(seen, `mkdir -p ${folderOf(seen)} && echo $((6*7))-${seen.place}`, answer);
        }).toPass({ timeout: appears });
        await seen.view.goto(`${seen.root}?folder=${folderOf(seen)}`);
        await code(seen).ready();
      },
    },
    {
      does: 'edits a file',
      needs: 'upgrade',
      async run(seen) {
        const name = fresh('txt');
        await openFile(seen, name, 'before');
        await press(seen, 'Control+End');
        await seen.keyboard.type('a line of mine');
        await press(seen, 'Control+s');
        await until(seen, `grep -qx 'a line of mine' ${folderOf(seen)}/${name}`);
      },
    },
    {
      does: 'searches in files',
      needs: 'upgrade',
      async run(seen) {
        const { view } = seen;
        const word = `needle${randomUUID().slice(0, 8)}`;
        const made = `for i in 1 2 3; do echo "a ${word} $i" > ${folderOf(seen)}/${word.slice(6)}-$i.txt; done`;
        await shell(seen, `${made}; echo made-$((6*7))`, 'made-42');
        await press(seen, 'Control+Shift+F');
        await view.locator('.search-view textarea').first().fill(word);
        await press(seen, 'Enter');
        await expect(view.locator('.search-view .messages')).toContainText('3 results in 3 files', {
          timeout: appears,
        });
        await expect(view.locator('.search-view .monaco-list-row').filter({ hasText: `a ${word} 2` })).toBeVisible();
      },
    },
    {
      does: 'previews Markdown in a webview',
      needs: 'upgrade',
      async run(seen) {
        await openFile(seen, fresh('md'), '# A heading');
        await press(seen, 'Control+k', 'v');
        await inWebview(seen.view, 'A heading');
      },
    },
    {
      does: 'copies and pastes in the editor and the terminal',
      needs: 'upgrade',
      async run(seen) {
        await allowClipboard(seen);
        const name = fresh('sh');
        await openFile(seen, name, 'echo pasted-$((6*7))');
        await press(seen, 'Control+Home', 'Shift+End', 'Control+c', 'Control+End', 'Control+v', 'Control+s');
        await until(seen, `[ "$(grep -c pasted ${folderOf(seen)}/${name})" = 2 ]`);
        await press(seen, 'Control+Shift+v');
        // What is pasted comes a moment after the keys.
        await expect(async () => {
          await press(seen, 'Enter');
          await code(seen).expectInTerminal('pasted-42');
        }).toPass({ timeout: appears });
      },
    },
    {
      does: 'takes an upload of 200 MB',
      needs: 'upgrade',
      async run(seen) {
        const name = fresh('bin');
        const file = join(tmpdir(), name);
        const content = randomBytes(200_000_000);
        const digest = createHash('sha256').update(content).digest('hex').slice(0, 16);
        await writeFile(file, content);
        try {
          const { view, page } = seen;
          await press(seen, 'Control+Shift+E');
          const list = view.locator('.explorer-folders-view .monaco-list');
          const { height = 0 } = (await list.boundingBox()) ?? {};
          // Below the files, where the menu is the folder's own.
          const choose = async (): Promise<FileChooser> => {
            await press(seen, 'Escape');
            await list.click({ button: 'right', position: { x: 90, y: height - 12 } });
            const item = view.getByRole('menuitem', { name: 'Upload...' });
            // A menu lets go of no button in its first 100 ms, since that may belong to the click that opened it.
            const [chosen] = await Promise.all([
              page.waitForEvent('filechooser', { timeout: 5_000 }),
              item.click({ delay: 300 }),
            ]);
            return chosen;
          };
          let chosen: FileChooser | undefined;
          // On a busy machine those first moments may take longer.
          await expect(async () => {
            chosen = await choose();
          }).toPass({ timeout: appears });
          await chosen?.setFiles(file);
          const there = `${folderOf(seen)}/${name}`;
          await expect(async () => {
            await shell(seen, `stat -c size-%s ${there}`, 'size-200000000');
          }).toPass({ timeout: uploads });
          await shell(seen, `sha256sum ${there} | cut -c1-16; rm ${there}`, digest);
        } finally {
          await rm(file, { force: true });
        }
      },
    },
  ],
};
