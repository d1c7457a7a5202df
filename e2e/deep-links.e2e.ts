import { expect, test } from '@playwright/test';
import { createHostileWorkspace } from '#test/hostile/hostile-workspace.ts';
import { presets, testKubeconfig, testNamespace } from './fixtures/cluster.ts';
import { startDesktop } from './fixtures/desktop.ts';
import { workspaceNames } from './fixtures/workspaces.ts';

test('desktop: a link leads into the window that is open, launches nothing by itself, and takes nothing typed away', async () => {
  await using namespace = await testNamespace();
  await using desktop = await startDesktop({ kubeconfigPath: testKubeconfig(), namespace: namespace.name, presets });
  const { window } = desktop;
  await createHostileWorkspace(namespace, 'linked');

  await test.step('open', async () => {
    const again = await desktop.startAgain(['guildnet://open/linked']);
    expect(again.code).toBe(0);
    await expect(window.getByRole('heading', { name: 'linked', level: 1 })).toBeVisible();
  });

  await test.step('launch fills the form and waits for the person', async () => {
    expect((await desktop.startAgain(['guildnet://launch?image=example.org%2Fa%3A1&name=mine'])).code).toBe(0);
    await expect(window.getByText('A link asks to launch')).toContainText('example.org/a:1');
    await expect(window.getByLabel('Image')).toHaveValue('example.org/a:1');
    await expect(window.getByLabel(/^Name/).first()).toHaveValue('mine');
    expect(await workspaceNames(namespace)).toEqual(['linked']);
  });

  await test.step('a second link does not overwrite what is typed', async () => {
    await window.getByLabel('Image').fill('typed/by:me');
    await desktop.startAgain(['guildnet://launch?image=other%3A2']);
    await expect(window.getByText('A link asks to launch')).toContainText('other:2');
    await expect(window.getByLabel('Image')).toHaveValue('typed/by:me');
    await window.getByRole('button', { name: 'Fill it in' }).click();
    await expect(window.getByLabel('Image')).toHaveValue('other:2');
  });

  for (const [what, link] of [
    ['a verb that there is not', 'guildnet://delete/linked'],
    ['a way out of the path', 'guildnet://open/..%2f..%2fsettings'],
    ['a command', 'guildnet://launch?image=a&command=rm'],
    ['a page of another host', 'guildnet://open//evil.example'],
    ['script', 'guildnet://open/%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E'],
    ['a link without end', `guildnet://launch?image=${'a'.repeat(20_000)}`],
  ] as const) {
    await test.step(`nothing is done with ${what}`, async () => {
      const at = window.url();
      expect((await desktop.startAgain([link])).code).toBe(0);
      const note = window.getByRole('alert').filter({ hasText: 'Nothing was done with a link' });
      await expect(note).toBeVisible();
      expect(window.url()).toBe(at);
      await note.getByRole('button', { name: 'Dismiss' }).click();
      await expect(note).toBeHidden();
    });
  }
  expect(await workspaceNames(namespace)).toEqual(['linked']);
});

test('desktop: a second start with a mistake says so and leaves the first one be', async () => {
  await using desktop = await startDesktop({ kubeconfigPath: undefined });
  const again = await desktop.startAgain(['--nonsense']);
  expect(again.code).toBe(2);
  expect(again.said).toContain('--nonsense');
  expect((await desktop.startAgain([])).code).toBe(0);
  await expect(desktop.window.getByRole('navigation', { name: 'Main' })).toBeVisible();
});
