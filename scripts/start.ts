import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildWhenNeeded } from './build.ts';
import { findElectron } from './electron-runtime.ts';

/** Builds when something changed, then opens Electron where it can, else the web shell. */
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const argv = process.argv.slice(2);

if ((await buildWhenNeeded()) === 'built') process.stderr.write('Built.\n');
const electron = await chooseElectron();
// In this process, which has the same arguments: another one would cost its start, and this one the memory to wait.
if (electron === null) await import(pathToFileURL(join(root, 'out', 'main', 'web.js')).href);
// The folder, not the file: package.json names the program, and gives Electron the app's own name and folders.
else run(electron, [root, ...argv]);

/** Electron's program; null for the web shell, with one line that says why. RACKSIDE_SHELL decides where it is set. */
async function chooseElectron(): Promise<string | null> {
  const wish = process.env.RACKSIDE_SHELL;
  if (wish === 'web') return null;
  const hindrance = wish === 'electron' ? null : hindranceToElectron();
  if (hindrance !== null) return explain(hindrance);
  const runtime = await findElectron();
  return 'path' in runtime ? runtime.path : explain(runtime.missing);
}

function hindranceToElectron(): string | null {
  if (process.platform !== 'linux') return null;
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'there is no display';
  // Chromium's sandbox does not run as root, and without it a page is not kept apart from the machine.
  if (process.getuid?.() === 0) return 'Electron does not run its sandbox as root';
  return null;
}

function explain(reason: string): null {
  process.stderr.write(`Rackside opens in a browser instead of its own window: ${reason}.\n`);
  return null;
}

function run(command: string, args: readonly string[]): void {
  const { ELECTRON_RUN_AS_NODE: _asNode, NODE_COMPILE_CACHE: _ofNode, ...env } = process.env;
  const child = spawn(command, args, { stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    // A terminal gives Ctrl+C to the child itself; this process only waits for it.
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  child.on('error', (error) => {
    process.stderr.write(`${command} could not be started: ${error.message}\n`);
    process.exit(1);
  });
  child.on('exit', (code) => process.exit(code ?? 1));
}
