import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { howToInstall, missingPrerequisites, prerequisites } from './prerequisites.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rackside-path-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function program(name: string, mode: number): void {
  writeFileSync(join(folder, name), '#!/bin/sh\n');
  chmodSync(join(folder, name), mode);
}

/** Without Chromium, which is also looked for outside the search path. */
function missingPrograms(): string[] {
  return missingPrerequisites(folder)
    .map(({ name }) => name)
    .filter((name) => name !== 'chromium');
}

describe('missingPrerequisites', () => {
  it('misses every program on an empty search path', () => {
    const all = prerequisites.map(({ name }) => name).filter((name) => name !== 'chromium');
    expect(missingPrograms()).toEqual(all);
  });

  it('finds what can be run, and only that', () => {
    for (const { name } of prerequisites) if (name !== 'chromium') program(name, 0o755);
    program('gawk', 0o644);
    expect(missingPrograms()).toEqual(['gawk']);
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
        'or, for Chromium: npx playwright install chromium',
      ].join('\n'),
    );
  });
});
