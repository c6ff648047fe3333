import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium } from '../e2e/chromium.ts';
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

/** Those that cannot be found; sshd is also looked for where only root's PATH leads. */
export function missingPrerequisites(searchPath: string = process.env.PATH ?? ''): readonly Prerequisite[] {
  const folders = [...searchPath.split(delimiter), ...(searchPath.includes('/usr/bin') ? ['/usr/sbin', '/sbin'] : [])];
  return prerequisites.filter(({ name }) =>
    name === 'chromium' ? findChromium(searchPath) === null : !folders.some((folder) => isProgram(join(folder, name))),
  );
}

/** What to type to get what is missing. */
export function howToInstall(missing: readonly Prerequisite[]): string {
  const lines = missing.map(({ name, why }) => `  ${name.padEnd(12)} ${why}`);
  const packages = debianPackages(missing).join(' ');
  const other = missing.some(({ name }) => name === 'chromium')
    ? ['or, for Chromium: npx playwright install chromium']
    : [];
  return ['Missing:', ...lines, `On Debian: apt-get install ${packages}`, ...other].join('\n');
}

/**
 * Finds what the tests need and fetches what is missing: Playwright's own Chromium, then, as root on Debian, the
 * system's packages. Answers null when all is there, else what a person has to install. Each step is bounded.
 */
export async function setUpPrerequisites(say: (line: string) => void): Promise<string | null> {
  let missing = missingPrerequisites();
  if (missing.some(({ name }) => name === 'chromium')) {
    say('No Chromium: trying the download of Playwright …');
    report(await downloadChromium(), 'The download of Chromium', say);
    missing = missingPrerequisites();
  }
  if (missing.length > 0 && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const packages = debianPackages(missing);
    say(`Installing ${packages.join(', ')} with apt-get …`);
    report(await installPackages(packages), 'apt-get', say);
    missing = missingPrerequisites();
  }
  return missing.length === 0 ? null : howToInstall(missing);
}

/** It retries by itself for minutes where the network is closed, so only a percentage counts as progress. */
function downloadChromium(): Promise<ChildEnd> {
  const cli = join(root, 'node_modules', 'playwright', 'cli.js');
  return runChild(process.execPath, [cli, 'install', '--no-shell', 'chromium'], {
    cwd: root,
    output: 'keep',
    stall: { limitMs: 60_000, progress: /\d+%/ },
  });
}

async function installPackages(packages: readonly string[]): Promise<ChildEnd> {
  const options = { cwd: root, output: 'keep', env: { DEBIAN_FRONTEND: 'noninteractive' }, limitMs: 150_000 } as const;
  const update = await runChild('apt-get', ['update', '-qq'], options);
  if (update.exit !== 0) return update;
  return runChild('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options);
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
