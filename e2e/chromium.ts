import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright';

const systemNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * The path of a Chromium that starts: Playwright's own, or the system's; null when there is none. It is started once
 * with `--version`, because one whose libraries are missing, or that only says how to install it, is none.
 */
export function findChromium(searchPath: string = process.env.PATH ?? ''): string | null {
  const folders = searchPath.split(delimiter).filter((folder) => folder !== '');
  const onSystem = systemNames.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [chromium.executablePath(), ...onSystem].find((path) => existsSync(path) && starts(path)) ?? null;
}

function starts(path: string): boolean {
  const answer = spawnSync(path, ['--version'], {
    timeout: 20_000,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return answer.status === 0 && /\d+\.\d+/.test(answer.stdout);
}
