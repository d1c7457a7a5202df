import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, test } from '@playwright/test';
import { presets } from './fixtures/cluster.ts';
import { expectRunning, launchPreset } from './fixtures/ui.ts';
import { openWeb } from './fixtures/web.ts';

async function ask(address: string): Promise<string> {
  const asking = request(`http://${address}/through`, { agent: false });
  asking.end();
  const [answer] = (await once(asking, 'response')) as [IncomingMessage];
  return text(answer);
}

test('web: the ports of a workspace are found, brought to this machine and taken away again', async () => {
  await using web = await openWeb({ presets });
  const { page } = web;
  await launchPreset(page, 'Echo');
  await expectRunning(page);
  await page.getByRole('link', { name: 'Ports', exact: true }).click();
  const ports = page.getByRole('list', { name: 'Ports', exact: true });
  await expect(ports.getByRole('listitem').filter({ hasText: '8080' })).toContainText('open', { timeout: 60_000 });
  await expect(ports.getByRole('listitem').filter({ hasText: '8443' })).toContainText('nothing listens');
  await expect(ports.getByRole('link', { name: 'Open 8080' })).toHaveAttribute('href', /^https:\/\/8080--/);

  // One that is taken here is told; any free one is not.
  await page.getByRole('textbox', { name: 'Port of the workspace' }).fill(new URL(web.host.url).port);
  await page.getByRole('button', { name: 'Forward', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('another program listens there', { timeout: 30_000 });
  await page.getByRole('textbox', { name: 'Port of the workspace' }).fill('8080');
  await page.getByRole('checkbox', { name: 'at any free port' }).check();
  await page.getByRole('button', { name: 'Forward', exact: true }).click();
  const forwards = page.getByRole('list', { name: 'Forwards' });
  const row = forwards.getByRole('listitem');
  await expect(row).toContainText('to 8080', { timeout: 30_000 });
  const address = /(?:localhost|127\.0\.0\.1):\d+/.exec(await row.innerText())?.[0] ?? '';
  expect(await ask(address)).toContain('"url":"/through"');
  await page.screenshot({ path: 'test-results/e2e/ports.png' });

  await row.getByRole('button', { name: `Stop ${address}` }).click();
  await expect(forwards).toHaveCount(0, { timeout: 30_000 });
  await expect(ask(address)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});
