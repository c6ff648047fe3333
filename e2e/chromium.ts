import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright';

const shellNames = ['chromium-headless-shell', 'chrome-headless-shell'];
const wholeNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Where programs are looked for: folders as PATH has them, and where Playwright would put its own Chromium. */
export interface Places {
  readonly searchPath: string;
  readonly own: string;
}

const here = (): Places => ({ searchPath: process.env.PATH ?? '', own: chromium.executablePath() });

/**
 * The path of a Chromium that starts: Playwright's own or the system's, a headless shell before a whole one; null when
 * there is none. It is started once with `--version`, because one whose libraries are missing, or that only says how to
 * install it, is none.
 */
export function findChromium(places: Places = here()): string | null {
  return findHeadlessShell(places) ?? firstThatStarts([places.own, ...inFolders(places, wholeNames)]);
}

/** Chromium's engine without the browser around it: the same pages for a quarter less of the processor. */
export function findHeadlessShell(places: Places = here()): string | null {
  return firstThatStarts([headlessShellBeside(places.own), ...inFolders(places, shellNames)]);
}

/** Playwright tells the path of its whole Chromium only; its shell lies beside it, by the same revision and platform. */
function headlessShellBeside(own: string): string {
  return own.replace(
    /chromium-(\d+)([\\/])chrome-([^\\/]+)[\\/].*?(\.exe)?$/,
    'chromium_headless_shell-$1$2chrome-headless-shell-$3$2chrome-headless-shell$4',
  );
}

function inFolders({ searchPath }: Places, names: readonly string[]): readonly string[] {
  const folders = searchPath.split(delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

function firstThatStarts(paths: readonly string[]): string | null {
  return paths.find((path) => existsSync(path) && starts(path)) ?? null;
}

function starts(path: string): boolean {
  const answer = spawnSync(path, ['--version'], {
    timeout: 20_000,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return answer.status === 0 && /\d+\.\d+/.test(answer.stdout);
}
