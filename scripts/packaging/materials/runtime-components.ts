import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { runCommand } from '#local-cluster/run-command.ts';
import type { Component } from './component.ts';
import { legalTextsIn } from './legal-files.ts';

/** What Electron says of itself; it has many more, which are Chromium's and Node's own affair. */
const versionsSchema = z.object({ electron: z.string(), chrome: z.string(), node: z.string(), v8: z.string() });
type Versions = z.infer<typeof versionsSchema>;

/** Electron, and the Chromium and the Node in it; Chromium's own parts have their licences in `LICENSES.chromium.html`, which is beside it. */
export function electronComponents({ electron, chrome, node }: Versions, texts: readonly string[]): Component[] {
  const browser = `pkg:generic/chromium@${chrome}`;
  const engine = `pkg:generic/nodejs@${node}`;
  return [
    {
      name: 'electron',
      version: electron,
      purl: `pkg:npm/electron@${electron}`,
      kind: 'framework',
      licence: 'MIT',
      texts,
      cpe: `cpe:2.3:a:electronjs:electron:${electron}:*:*:*:*:*:*:*`,
      needs: [browser, engine],
    },
    {
      name: 'chromium',
      version: chrome,
      purl: browser,
      kind: 'framework',
      licence: 'BSD-3-Clause',
      texts: [
        'The licences of Chromium and of all that is in it are in the file LICENSES.chromium.html of this package.\n',
      ],
      cpe: `cpe:2.3:a:google:chrome:${chrome}:*:*:*:*:*:*:*`,
      needs: [],
    },
    nodejs(node, [
      'Node.js as a part of Electron. Its licence is in the file LICENSES.chromium.html of this package.\n',
    ]),
  ];
}

/** What this Electron consists of. It is asked as the Node that it still is: the fuse that forbids that is set when all is packed. */
export async function askElectron(executable: string, licenceFolder: string): Promise<Component[]> {
  const said = await runCommand(executable, ['-p', 'JSON.stringify(process.versions)'], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    doing: 'Asking Electron for the versions of what is in it',
    remedy:
      'It needs the libraries that GuildNet needs to start: run "npm start" once, or install what the deb depends on.',
  });
  return electronComponents(versionsSchema.parse(JSON.parse(said)), await legalTextsIn(licenceFolder));
}

/** The Node that the command runs on, from the npm package in `folder`. */
export async function nodeComponent(folder: string): Promise<Component> {
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')));
  return nodejs(version, await legalTextsIn(folder));
}

function nodejs(version: string, texts: readonly string[]): Component {
  return {
    name: 'nodejs',
    version,
    purl: `pkg:generic/nodejs@${version}`,
    kind: 'platform',
    licence: 'MIT',
    texts,
    cpe: `cpe:2.3:a:nodejs:node.js:${version}:*:*:*:*:*:*:*`,
    needs: [],
  };
}
