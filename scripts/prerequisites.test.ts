import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findChromium, findHeadlessShell } from '../e2e/chromium.ts';
import { howToInstall, missingPrerequisites, prerequisites } from './prerequisites.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rackside-path-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function program(name: string, mode = 0o755): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, '#!/bin/sh\necho Chromium 156.0\n');
  chmodSync(path, mode);
  return path;
}

/** Playwright's own Chromium, and what is found in the folder alone. */
const own = () => join(folder, 'chromium-1255', 'chrome-linux64', 'chrome');
const places = () => ({ searchPath: folder, own: own() });
const missing = () => missingPrerequisites(places()).map(({ name }) => name);

describe('missingPrerequisites', () => {
  it('misses every program on an empty search path', () => {
    expect(missing()).toEqual(prerequisites.map(({ name }) => name));
  });

  it('finds what can be run, and only that', () => {
    for (const { name } of prerequisites) program(name);
    program('gawk', 0o644);
    expect(missing()).toEqual(['gawk']);
  });
});

describe('findChromium', () => {
  it('takes a headless shell before a whole one, and Playwright’s before the system’s', () => {
    const ownShell = 'chromium_headless_shell-1255/chrome-headless-shell-linux64/chrome-headless-shell';
    const found = ['chromium', 'chromium-1255/chrome-linux64/chrome', 'chromium-headless-shell', ownShell].map(
      (name) => {
        const path = program(name);
        return [findChromium(places()) === path, findHeadlessShell(places()) === path];
      },
    );
    expect(found).toEqual([
      [true, false],
      [true, false],
      [true, true],
      [true, true],
    ]);
  });
});

describe('howToInstall', () => {
  it('names each program with its reason, each package once, and how to get Chromium elsewhere', () => {
    const names = ['chromium', 'ssh-keygen', 'ssh-agent'];
    expect(howToInstall(prerequisites.filter(({ name }) => names.includes(name)))).toBe(
      [
        'Missing:',
        '  chromium     the end-to-end suite drives it',
        '  ssh-keygen   keys made for one run',
        '  ssh-agent    signing in through an agent',
        'On Debian: apt-get install chromium openssh-client',
        'or, for Chromium: npx playwright install --only-shell chromium',
      ].join('\n'),
    );
  });
});
