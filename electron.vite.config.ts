import { defineConfig } from 'electron-vite';
import { noteBundledPackages } from './scripts/packaging/bundled-packages.ts';
import { uiConfig } from './ui.config.ts';

// Licence notices and the bill of materials of a package are made from these.
const noted = (part: string) => noteBundledPackages(`out/packages/${part}.json`);

// Everything but Electron and Node's own modules is bundled: the packaged app then needs no node_modules.
export default defineConfig({
  main: {
    plugins: [noted('main')],
    build: {
      externalizeDeps: false,
      outDir: 'out/main',
      rolldownOptions: {
        input: { main: 'src/main/main.ts' },
        // Not as ES modules: Node asks each module of its own for all that it exports when one of those imports it, and `node:http` then loads a whole
        // undici. Names without a hash, since what is compiled is kept by them; names in the code stay for whoever reads a stack.
        output: {
          format: 'cjs',
          entryFileNames: '[name].cjs',
          chunkFileNames: 'chunks/[name].cjs',
          minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
        },
      },
    },
  },
  preload: {
    plugins: [noted('preload')],
    build: {
      externalizeDeps: false,
      outDir: 'out/preload',
      // A sandboxed preload script must be one CommonJS file: https://www.electronjs.org/docs/latest/tutorial/sandbox
      rolldownOptions: {
        input: { preload: 'src/preload/preload.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    ...uiConfig,
    plugins: [...uiConfig.plugins, noted('renderer')],
    root: 'src/renderer',
    build: {
      outDir: 'out/renderer',
      minify: true,
      rolldownOptions: { input: 'src/renderer/index.html' },
    },
  },
});
