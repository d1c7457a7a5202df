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
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
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
      rolldownOptions: { input: 'src/renderer/index.html' },
    },
  },
});
