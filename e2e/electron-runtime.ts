import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const package_ = join(import.meta.dirname, '..', 'node_modules', 'electron');

/** Where Electron's own installer puts the runtime, or somebody else did. */
export const electronFolder = process.env.ELECTRON_OVERRIDE_DIST_PATH || join(package_, 'dist');

/**
 * Electron's program, if it is there whole: `path.txt` names it and is written last. Nothing is fetched, as Electron's
 * own module would.
 */
export function installedElectron(): string | null {
  try {
    const path = join(electronFolder, readFileSync(join(package_, 'path.txt'), 'utf8'));
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}

/** Why the suites cannot run in the real Electron here; null when they can. */
export function hindranceToElectron(): string | null {
  if (installedElectron() === null) return "Electron's runtime is not installed";
  if (process.platform !== 'linux' || hasDisplay() || hasXvfb()) return null;
  return 'there is neither a display nor Xvfb';
}

export function hasDisplay(): boolean {
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

function hasXvfb(): boolean {
  return spawnSync('Xvfb', ['-help'], { stdio: 'ignore', timeout: 10_000 }).error === undefined;
}
