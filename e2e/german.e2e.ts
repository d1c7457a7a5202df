import { expect, test } from '@playwright/test';
import { localImages } from '#local-cluster/images.ts';
import { createWorkspace } from '#test/create-workspace.ts';
import { german } from '../src/renderer/words/german.ts';
import { english } from '../src/renderer/words/words.ts';
import { presets } from './fixtures/cluster.ts';
import { everyPage } from './fixtures/every-page.ts';
import { openWeb } from './fixtures/web.ts';

/** Every text of a catalogue; in what is made of something, that is any text. */
function textsOf(part: unknown): string[] {
  if (typeof part === 'string') return [part];
  if (typeof part === 'function') return [String(Reflect.apply(part, undefined, ['‹›', '‹›', '‹›']))];
  return typeof part === 'object' && part !== null ? Object.values(part).flatMap(textsOf) : [];
}

const escaped = (text: string): string => text.replaceAll(/[\^$.*+?()[\]{}|]/g, String.raw`\$&`);

/** Whether it would be known again: what is made of something needs more than one word of its own, or it is part of any sentence. */
function isTelling(text: string): boolean {
  const words = text.match(/\p{L}{3,}/gu) ?? [];
  return words.length > (text.includes('‹›') ? 1 : 0);
}

test('web: in German no page says anything that the catalogue has in English alone', async () => {
  await using web = await openWeb({ presets });
  const { page, host, namespace } = web;
  const says = ['/bin/sh', '-c', 'echo begun; trap exit TERM; while :; do sleep 1; done'];
  await createWorkspace(namespace, 'deutsch', { image: localImages.shell, command: says, probe: { kind: 'none' } });
  await expect(page.getByRole('link', { name: 'Open deutsch' })).toBeVisible();
  await page.evaluate(() => localStorage.setItem('guildnet.language', 'de'));

  const spoken = new Set(textsOf(german));
  const foreign = textsOf(english).filter((text) => !spoken.has(text) && isTelling(text));
  const patterns = foreign.map((text) => new RegExp(`^${text.split('‹›').map(escaped).join('.+')}$`, 'u'));
  for (const { name, path } of everyPage('deutsch'))
    await test.step(name, async () => {
      await page.goto(`${new URL(host.url).origin}${path}`);
      await expect(page.locator('html')).toHaveAttribute('lang', 'de');
      await expect(page.getByRole('main').locator('h1').first()).toBeVisible();
      await expect(page.getByRole('main').locator('.spinner')).toHaveCount(0, { timeout: 60_000 });
      const said = await page.evaluate(() => {
        // What others say stays in their words: values, names, code, the doctor's findings, and the API's own description.
        const others = '[lang=en], code, pre, dl, .font-mono, [translate=no], [role=log], .xterm, script, style';
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT);
        const found: string[] = [];
        for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
          const element = node as Element;
          for (const attribute of ['aria-label', 'title', 'placeholder'])
            found.push(element.getAttribute(attribute) ?? '');
          if (element.closest(others) !== null) continue;
          for (const child of element.childNodes)
            if (child.nodeType === Node.TEXT_NODE) found.push(child.textContent ?? '');
        }
        return [...new Set(found.map((text) => text.trim()).filter((text) => text !== ''))];
      });
      expect(said.length, name).toBeGreaterThan(10);
      // The description of the API names its parts as some of ours are named.
      const ours = name === 'api' ? said.filter((text) => text.includes(' ')) : said;
      expect(
        ours.filter((text) => patterns.some((pattern) => pattern.test(text))),
        name,
      ).toEqual([]);
    });
});
