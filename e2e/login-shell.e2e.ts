import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { testKubeconfig, testNamespace } from './fixtures/cluster.ts';
import { startDesktop } from './fixtures/desktop.ts';
import { clusterWord } from './fixtures/ui.ts';

test('desktop: started from a dock, it takes the cluster that the login shell names', async () => {
  await using namespace = await testNamespace();
  const person = await mkdtemp(join(tmpdir(), 'guildnet-person-'));
  try {
    await writeFile(
      join(person, '.bash_profile'),
      `echo 'Good morning!'\nexport KUBECONFIG='${testKubeconfig()}' GUILDNET_NAMESPACE=${namespace.name} PATH="$HOME/bin:$PATH"\n`,
    );
    // Docks set no TERM.
    await using desktop = await startDesktop({ env: { HOME: person, SHELL: '/bin/bash', TERM: '' } });
    const path = await desktop.app.evaluate(() => process.env['PATH'] ?? '');
    expect(path.split(':')[0]).toBe(join(person, 'bin'));
    await expect(clusterWord(desktop.window)).toContainText(/online/i, { timeout: 30_000 });
    await clusterWord(desktop.window).click();
    await expect(desktop.window.getByText(namespace.name).first()).toBeVisible();
  } finally {
    await rm(person, { recursive: true, force: true });
  }
});
