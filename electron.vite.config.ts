import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'electron-vite';
import solid from 'vite-plugin-solid';

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
    // Both faces serve the UI at the root of an origin, and its pages have deep paths: relative asset URLs would break there.
    base: '/',
    plugins: [solid(), tailwindcss()],
    build: {
      outDir: 'out/renderer',
      rolldownOptions: { input: 'src/renderer/index.html' },
    },
  },
});
