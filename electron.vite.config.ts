import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'electron-vite';
import solid from 'vite-plugin-solid';
import type { Plugin } from 'vite';

/**
 * Both faces serve the UI at the root of an origin, and its pages have deep paths: relative addresses would break there.
 * The option `base` does not do: electron-vite's own plugin, which comes before all others (`enforce: 'pre'`), overwrites it
 * by `./` in production. `scripts/build-app.ts` looks at what was built.
 */
const servedAtRoot: Plugin = { name: 'guildnet:served-at-root', config: () => ({ base: '/' }) };

// Everything but Electron and Node's own modules is bundled: the packaged app then needs no node_modules.
export default defineConfig({
  main: {
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
    root: 'src/renderer',
    plugins: [solid(), tailwindcss(), servedAtRoot],
    build: {
      outDir: 'out/renderer',
      rolldownOptions: { input: 'src/renderer/index.html' },
    },
  },
});
