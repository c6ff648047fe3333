import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { electronFolder } from '../e2e/electron-runtime.ts';
import { buildWhenNeeded } from './build.ts';
import { endChildrenOnSignals, runChild } from './child.ts';
import { findElectron } from './electron-runtime.ts';

/**
 * Makes installers of Rackside for the system that this runs on, into `dist/`: docs/packaging.md. What follows on the
 * command line goes to electron-builder (`--dir`, `--arm64`).
 */
const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** electron-builder fetches its own tools, once; a fetch that hangs must not. */
const stallMs = 90_000;
const limitMs = 20 * 60_000;

endChildrenOnSignals();
process.exitCode = await pack(process.argv.slice(2));

async function pack(args: readonly string[]): Promise<number> {
  const runtime = await findElectron();
  if ('missing' in runtime) return fail(`${runtime.missing}, and a package cannot be made without it`);
  if ((await buildWhenNeeded()) === 'built') process.stderr.write('Built.\n');
  const cli = join(root, 'node_modules', 'electron-builder', 'cli.js');
  const end = await runChild(
    process.execPath,
    [cli, '--publish', 'never', `-c.electronDist=${electronFolder}`, ...args],
    { cwd: root, output: 'show', limitMs, stall: { limitMs: stallMs, progress: /./ } },
  );
  return end.exit === 0 ? 0 : fail(`electron-builder did not finish (${reasonIn(end.output)})`);
}

function fail(sentence: string): number {
  process.stderr.write(`Rackside is not packaged: ${sentence}.\n`);
  return 1;
}

/** The line that electron-builder marks as its failure. */
function reasonIn(output: string): string {
  const marked = output.split('\n').find((line) => line.includes('⨯'));
  return marked === undefined
    ? 'it was silent for too long, or was ended'
    : marked.replace(/^.*⨯\s*/, '').slice(0, 300);
}
