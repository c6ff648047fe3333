/** The program of this service's threads: beside this file under Node, beside the shell's own file when bundled. */
export const workerFile = new URL(
  import.meta.url.endsWith('.ts') ? './dump-worker.ts' : './dump-worker.js',
  import.meta.url,
);
