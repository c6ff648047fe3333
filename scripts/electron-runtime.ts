import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installedElectron } from '../e2e/electron-runtime.ts';

const package_ = join(dirname(dirname(fileURLToPath(import.meta.url))), 'node_modules', 'electron');

/** How long a start may wait for Electron's runtime. A host that does not answer must not hold up anybody longer. */
const fetchMs = 20_000;

export type Runtime = { readonly path: string } | { readonly missing: string };

/**
 * Electron's program: as it is, or fetched within the bound by Electron's own installer. What was fetched in part is
 * not used, and the next start tries again.
 */
export async function findElectron(): Promise<Runtime> {
  const present = installedElectron();
  if (present !== null) return { path: present };
  process.stderr.write(`Fetching Electron's runtime (at most ${fetchMs / 1000} s) …\n`);
  const failure = await runInstaller();
  const path = installedElectron();
  return path === null ? { missing: failure ?? "Electron's runtime could not be fetched" } : { path };
}

/** Null when the installer went through, else why not. It is ended with whatever it started. */
function runInstaller(): Promise<string | null> {
  return new Promise((resolve) => {
    const detached = process.platform !== 'win32';
    const child = spawn(process.execPath, [join(package_, 'install.js')], {
      stdio: ['ignore', 'ignore', 'pipe'],
      detached,
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      said = (said + chunk).slice(0, 4096);
    });
    const timer = setTimeout(() => {
      kill();
      resolve(`Electron's runtime did not arrive within ${fetchMs / 1000} s`);
    }, fetchMs);
    const kill = (): void => {
      try {
        if (detached && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
        else child.kill();
      } catch {
        // It has ended by itself.
      }
    };
    process.once('exit', kill);
    const settle = (failure: string | null): void => {
      clearTimeout(timer);
      process.off('exit', kill);
      resolve(failure);
    };
    child.on('error', (error) => settle(`Electron's installer could not run: ${error.message}`));
    child.on('close', (code) => {
      settle(code === 0 ? null : `Electron's runtime could not be fetched (${firstSentence(said)})`);
    });
  });
}

function firstSentence(text: string): string {
  const line = text.split('\n').find((candidate) => candidate.trim() !== '') ?? 'no reason was given';
  return line.trim().slice(0, 160);
}
