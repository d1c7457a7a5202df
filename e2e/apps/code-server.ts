import { randomBytes, randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Frame, type Page, expect } from '@playwright/test';
import { ide } from '../fixtures/ide.ts';
import { type App, type AppView, pathNotTried } from './app.ts';

/** The local image takes it from AGENT_DEFAULT_PASSWORD; here the workspace says its own. */
const password = 'apps-password';
const appears = 60_000;

/** One for each place, so that nothing of another place's is opened again. */
const folders: Record<AppView['place'], string> = {
  frame: '/home/coder',
  tab: '/tmp',
  window: '/var/tmp',
  path: '/dev/shm',
};

const code = ({ view, keyboard }: AppView): ReturnType<typeof ide> => ide(view, keyboard, password);

/** Runs a line in the terminal and waits for `answer`, which the line makes. */
async function shell(seen: AppView, line: string, answer: string): Promise<void> {
  const it = code(seen);
  await it.openTerminal();
  await it.typeInTerminal(line);
  await it.expectInTerminal(answer);
}

async function inWebview(view: Page | Frame, text: string): Promise<void> {
  const outer = view.frameLocator('iframe.webview.ready').last();
  await expect(outer.frameLocator('iframe#active-frame').getByText(text).first()).toBeVisible({ timeout: appears });
}

export const codeServer: App = {
  title: 'code-server',
  image: undefined,
  env: { PASSWORD: password },
  leavesOut: { path: pathNotTried },
  uses: [
    {
      does: 'opens a terminal that answers',
      async run(seen) {
        await code(seen).ready();
        await seen.view.goto(`${seen.root}?folder=${folders[seen.place]}`);
        await code(seen).ready();
        await shell(seen, 'echo $((6*7))', '42');
      },
    },
    {
      does: 'edits a file',
      async run(seen) {
        const name = `note-${randomUUID().slice(0, 6)}.md`;
        await shell(seen, `echo '# Before' > ~/${name}; wc -l < ~/${name}`, '1');
        await code(seen).expectFile(`/home/coder/${name}`, '# Before');
        await seen.keyboard.press('Control+End');
        await seen.keyboard.type('a line of mine');
        await seen.keyboard.press('Control+s');
        await shell(seen, `sleep 2; echo "$(tail -1 ~/${name} | tr ' ' -)"`, 'a-line-of-mine');
      },
    },
    {
      does: 'previews it in a webview',
      async run(seen) {
        const name = `page-${randomUUID().slice(0, 6)}.md`;
        await shell(seen, `echo '# A heading' > ~/${name}; wc -l < ~/${name}`, '1');
        await code(seen).expectFile(`/home/coder/${name}`, '# A heading');
        await seen.keyboard.press('Control+k');
        await seen.keyboard.press('v');
        await inWebview(seen.view, 'A heading');
      },
    },
    {
      does: 'copies and pastes by the clipboard',
      async run(seen) {
        const name = `copy-${randomUUID().slice(0, 6)}.txt`;
        await shell(seen, `echo clip > ~/${name}; wc -l < ~/${name}`, '1');
        await code(seen).expectFile(`/home/coder/${name}`, 'clip');
        const { keyboard } = seen;
        for (const keys of ['Control+a', 'Control+c', 'Control+End', 'Control+v', 'Control+v', 'Control+s'])
          await keyboard.press(keys);
        await shell(seen, `sleep 2; grep -c clip ~/${name}`, '3');
      },
    },
    {
      does: 'takes an upload of 200 MB',
      async run(seen) {
        const name = `big-${randomUUID().slice(0, 6)}.bin`;
        const file = join(tmpdir(), name);
        await writeFile(file, Buffer.concat(Array.from({ length: 4 }, () => randomBytes(50_000_000))));
        try {
          const { view, page } = seen;
          await view
            .locator('.explorer-folders-view .monaco-list')
            .click({ button: 'right', position: { x: 90, y: 250 } });
          const choosing = page.waitForEvent('filechooser', { timeout: appears });
          const [chosen] = await Promise.all([choosing, view.getByRole('menuitem', { name: 'Upload...' }).click()]);
          await chosen.setFiles(file);
          await expect(async () => {
            await shell(seen, `stat -c %s ${folders[seen.place]}/${name}`, '200000000');
          }).toPass({ timeout: 180_000 });
        } finally {
          await rm(file, { force: true });
        }
      },
    },
  ],
};
