import { existsSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';

/** The programs of the main side. They lie in one directory, so that a worker's file is beside whoever starts it. */
const mainEntries = {
  electron: 'main/shells/electron/index.ts',
  web: 'main/shells/web/index.ts',
  cli: 'main/shells/cli/index.ts',
  'store-worker': 'main/services/store/store-worker.ts',
  'dump-worker': 'main/services/dumps/dump-worker.ts',
};

/**
 * electron-vite puts a `const require` into every chunk that calls one, and a module that made its own, as ES modules do,
 * would then declare it twice.
 */
const ownRequire: Plugin = {
  name: 'own-require',
  transform: {
    filter: { code: 'const require = createRequire(' },
    handler: (code) => ({ code: code.replace(/\brequire\b/g, 'ownRequire'), map: null }),
  },
};

export default defineConfig({
  main: {
    plugins: [ownRequire],
    build: {
      outDir: 'out/main',
      // What package.json names under `dependencies` stays a package; the rest becomes part of the program.
      externalizeDeps: true,
      rollupOptions: {
        input: Object.fromEntries(Object.entries(mainEntries).filter(([, path]) => existsSync(path))),
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      rollupOptions: {
        input: { index: 'preload/index.ts' },
        // A sandboxed preload cannot load ECMAScript modules, nor a second file.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    base: './',
    plugins: [react()],
    build: {
      outDir: 'out/renderer',
      // Half as much to parse before the first gauge; the programs of the main side stay readable.
      minify: true,
      // Before compression; the page is served from this machine.
      chunkSizeWarningLimit: 800,
      // Every browser that the page runs in knows it.
      modulePreload: { polyfill: false },
      rollupOptions: {
        input: 'renderer/index.html',
        // What the first row needs is one file, however many views share parts of it.
        output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } },
      },
    },
  },
});
