import { findGoToolchain } from '#local-cluster/build/go-toolchain.ts';
import { defaultPaths } from '#local-cluster/paths.ts';
import { inRepository } from '../../repository.ts';
import { nodePackageHere } from '../stage.ts';
import { ordered, type Component } from './component.ts';
import { goComponents } from './go-components.ts';
import { npmComponents, readNotes } from './npm-components.ts';
import { askElectron, nodeComponent } from './runtime-components.ts';

/** The parts of a package that are bundled from npm packages, by the names of the bundlers' notes. */
const bundles = ['main', 'preload', 'renderer', 'cli'];
/** What goes into the UI's styles, of which the bundler takes no notes. */
const stylesOf = ['node_modules/tailwindcss'];

/** The names, among a package's resources, of the licences' text and of the bill of materials. */
export const materialFiles = { notices: 'THIRD-PARTY-NOTICES.txt', bill: 'guildnet.cdx.json' } as const;

/** The programs in a package. */
interface Packed {
  /** Electron's executable, before its fuses are set. */
  electron: string;
  tailnetNode: string;
}

/** Everything of other people's in a package, ordered. Throws where a licence is not known. */
export async function materialsOf({ electron, tailnetNode }: Packed): Promise<Component[]> {
  const notes = bundles.map((part) => inRepository('out', 'packages', `${part}.json`));
  const recipeDir = inRepository('src', 'local-cluster', 'recipe');
  const toolchain = await findGoToolchain({
    recipeDir,
    cacheDir: defaultPaths(process.env).cache,
    report: () => undefined,
  });
  const nodePackage = nodePackageHere();
  const found = await Promise.all([
    npmComponents([...(await readNotes(notes)), ...stylesOf]),
    goComponents(tailnetNode, toolchain),
    askElectron(electron, inRepository('node_modules', 'electron')),
    nodePackage === undefined ? [] : nodeComponent(nodePackage),
  ]);
  return ordered(found.flat());
}
