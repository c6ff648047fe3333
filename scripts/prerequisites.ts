import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium, findHeadlessShell, type Places } from '../e2e/chromium.ts';
import { type ChildEnd, runChild } from './child.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** A program that the tests need, and the Debian package that has it. */
export interface Prerequisite {
  readonly name: string;
  readonly debian: string;
  readonly why: string;
}

export const prerequisites: readonly Prerequisite[] = [
  { name: 'chromium', debian: 'chromium', why: 'the end-to-end suite drives it' },
  { name: 'sshd', debian: 'openssh-server', why: 'the hosts that tests connect to' },
  { name: 'ssh-keygen', debian: 'openssh-client', why: 'keys made for one run' },
  { name: 'ssh-agent', debian: 'openssh-client', why: 'signing in through an agent' },
  { name: 'dash', debian: 'dash', why: 'a shell that the host program must run on' },
  { name: 'bash', debian: 'bash', why: 'a shell that the host program must run on' },
  { name: 'busybox', debian: 'busybox', why: 'a shell and an awk that the host program must run on' },
  { name: 'mawk', debian: 'mawk', why: 'an awk that the host program must run on' },
  { name: 'gawk', debian: 'gawk', why: 'an awk that the host program must run on' },
];

/** Debian's package of the Chromium that costs tests the least. */
const headlessShell = 'chromium-headless-shell';

/** Those that cannot be found; sshd is also looked for where only root's PATH leads. */
export function missingPrerequisites(places?: Places): readonly Prerequisite[] {
  const searchPath = places?.searchPath ?? process.env.PATH ?? '';
  const folders = [...searchPath.split(delimiter), ...(searchPath.includes('/usr/bin') ? ['/usr/sbin', '/sbin'] : [])];
  return prerequisites.filter(({ name }) =>
    name === 'chromium' ? findChromium(places) === null : !folders.some((folder) => isProgram(join(folder, name))),
  );
}

/** What to type to get what is missing. */
export function howToInstall(missing: readonly Prerequisite[]): string {
  const lines = missing.map(({ name, why }) => `  ${name.padEnd(12)} ${why}`);
  const packages = debianPackages(missing).join(' ');
  const other = missing.some(({ name }) => name === 'chromium')
    ? ['or, for Chromium: npx playwright install --only-shell chromium']
    : [];
  return ['Missing:', ...lines, `On Debian: apt-get install ${packages}`, ...other].join('\n');
}

/**
 * Finds what the tests need and fetches what is missing: a headless Chromium, by Playwright or the system, then, as root
 * on Debian, the other packages. Answers null when all is there, else what a person has to install. Each step is bounded.
 */
export async function setUpPrerequisites(say: (line: string) => void): Promise<string | null> {
  const isDebiansRoot = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (findChromium() === null) {
    say('No Chromium: trying the download of Playwright …');
    report(await downloadHeadlessShell(), 'The download of Chromium', say);
  }
  if (isDebiansRoot && findHeadlessShell() === null) {
    // By itself: older releases have no such package, and a whole Chromium serves too.
    say(`Installing ${headlessShell} with apt-get …`);
    report(await installPackages([headlessShell], 60_000), 'apt-get', say);
  }
  const missing = missingPrerequisites();
  if (missing.length === 0) return null;
  if (!isDebiansRoot) return howToInstall(missing);
  const packages = debianPackages(missing);
  say(`Installing ${packages.join(', ')} with apt-get …`);
  report(await installPackages(packages, 150_000), 'apt-get', say);
  const still = missingPrerequisites();
  return still.length === 0 ? null : howToInstall(still);
}

/** It retries by itself for minutes where the network is closed, so only a percentage counts as progress. */
function downloadHeadlessShell(): Promise<ChildEnd> {
  const cli = join(root, 'node_modules', 'playwright', 'cli.js');
  return runChild(process.execPath, [cli, 'install', '--only-shell', 'chromium'], {
    cwd: root,
    output: 'keep',
    stall: { limitMs: 60_000, progress: /\d+%/ },
  });
}

/** Within the limit each: the list and the download, which may be stopped; what is unpacked must not be, and takes seconds. */
async function installPackages(packages: readonly string[], limitMs: number): Promise<ChildEnd> {
  const options = { cwd: root, output: 'keep', env: { DEBIAN_FRONTEND: 'noninteractive' } } as const;
  const install = ['install', '-y', '-qq', '--no-install-recommends', ...packages];
  const update = await runChild('apt-get', ['update', '-qq'], { ...options, limitMs });
  if (update.exit !== 0) return update;
  const download = await runChild('apt-get', [...install, '--download-only'], { ...options, limitMs });
  if (download.exit !== 0) return download;
  return runChild('apt-get', install, { ...options, limitMs: 300_000 });
}

function report({ exit, output }: ChildEnd, what: string, say: (line: string) => void): void {
  if (exit === 0) return;
  const reason = output.split('\n').findLast((line) => /^(Error|E):/.test(line));
  say(
    `${what} ${exit === null ? 'did not get on and was stopped' : `failed (exit ${exit})`}${reason ? `: ${reason.trim()}` : '.'}`,
  );
}

function debianPackages(missing: readonly Prerequisite[]): readonly string[] {
  return [...new Set(missing.map(({ debian }) => debian))];
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
