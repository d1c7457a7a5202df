import { join } from 'node:path';
import { build } from 'vite';
import { inRepository, root } from '../repository.ts';
import { noteBundledPackages } from './bundled-packages.ts';

/** Bundles the command line for the Node that lies beside it, with everything it imports, into `folder`; notes its npm packages in `notes`. */
export async function bundleCli(folder: string, notes: string): Promise<void> {
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    mode: 'production',
    plugins: [noteBundledPackages(notes)],
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: inRepository('src', 'cli', 'main.ts'),
      outDir: folder,
      emptyOutDir: true,
      target: 'node24',
      minify: false,
      rolldownOptions: {
        output: { format: 'es', entryFileNames: 'main.js', chunkFileNames: join('chunks', '[name]-[hash].js') },
      },
    },
  });
}
