import { existsSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

/** The programs of the main side. They lie in one directory, so that a worker's file is beside whoever starts it. */
const mainEntries = {
  electron: 'main/shells/electron/index.ts',
  web: 'main/shells/web/index.ts',
  cli: 'main/shells/cli/index.ts',
  'store-worker': 'main/services/store/store-worker.ts',
};

export default defineConfig({
  main: {
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
      rollupOptions: { input: 'renderer/index.html' },
    },
  },
});
