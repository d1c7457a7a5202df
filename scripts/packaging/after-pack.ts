import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { AfterPackContext } from 'electron-builder';
import { GuildNetError } from '#contract/errors.ts';
import { filesOf } from './file-list.ts';
import { billOfMaterials } from './materials/bill-of-materials.ts';
import { materialFiles, materialsOf } from './materials/materials.ts';
import { noticesOf } from './materials/notices.ts';
import { overBudget, sizesOf } from './size-budget.ts';

/**
 * electron-builder's hook, when all is packed and before fuses are set: puts the licences and the bill of materials among the resources, and
 * stops a package that is larger than it may be.
 */
export default async function afterPack({
  appOutDir,
  packager,
  electronPlatformName,
}: AfterPackContext): Promise<void> {
  const { version, productFilename } = packager.appInfo;
  const resources = packager.getResourcesDir(appOutDir);
  const exe = electronPlatformName === 'win32' ? '.exe' : '';
  const name =
    (electronPlatformName === 'linux' ? packager.config.linux?.executableName : undefined) ?? productFilename;
  const components = await materialsOf({
    electron: electronPlatformName === 'darwin' ? join(dirname(resources), 'MacOS', name) : join(appOutDir, name + exe),
    tailnetNode: join(resources, 'guildnet', 'bin', `tailnet-node${exe}`),
  });
  await writeFile(join(resources, materialFiles.notices), noticesOf({ name: 'GuildNet', version }, components));
  await writeFile(join(resources, materialFiles.bill), billOfMaterials({ name: 'guildnet', version }, components));

  const files = await filesOf(appOutDir);
  const sizes = sizesOf(files);
  for (const { part, size, most } of sizes)
    process.stdout.write(`  ${part}: ${size.toFixed(1)} of ${String(most)} MiB\n`);
  const over = overBudget(sizes);
  if (over.length === 0) return;
  throw new GuildNetError('unsupported', `Not packaged: it is larger than it may be. ${over.join(' ')}`, {
    remedy:
      'Leave out what has come in, or raise the budget in scripts/packaging/size-budget.ts and docs/guide/packages.md.',
  });
}
