import { defineConfig } from 'vitest/config';
import { hindranceToElectron } from './e2e/electron-runtime.ts';
import { searchPath } from './e2e/search-path.ts';

/** The same suites in each shell: `--project web` or `--project electron-stand-in` runs them in one. */
const shells = ['web', 'electron-stand-in'];
const hindrance = hindranceToElectron();
if (hindrance === null) shells.push('electron');
else process.stderr.write(`The suites do not run in Electron itself: ${hindrance}. They run in a stand-in for it.\n`);

const common = {
  pool: 'forks' as const,
  testTimeout: 60_000,
  hookTimeout: 60_000,
  teardownTimeout: 10_000,
  // Machines that run this are busy: what is waited for may take more than a second.
  expect: { poll: { timeout: 20_000 } },
  execArgv: ['--disable-warning=ExperimentalWarning'],
};

/** What only a program of its own can be asked: to start at a file, and to start twice. */
const desktop = 'e2e/desktop/**/*.e2e.ts';
/** Of hosts and what Rackside does with them, and of the page alone: the same in every shell, so it is run in one. */
const once = ['e2e/hosts/**/*.e2e.ts', 'e2e/page/**/*.e2e.ts'];
/** Of no shell: what is made of the built program. */
const packaging = 'e2e/packaging/**/*.e2e.ts';

/**
 * The suite that drives a built Rackside in Chromium, against real sshd: one file after the other. Two at once take as
 * long on two cores, because a browser and a host fill both.
 */
export default defineConfig({
  test: {
    projects: [
      ...shells.map((name) => ({
        test: {
          ...common,
          name,
          env: { RACKSIDE_E2E_SHELL: name, PATH: searchPath },
          include: ['e2e/**/*.e2e.ts'],
          exclude: name === 'web' ? [packaging, desktop] : [packaging, ...once],
        },
      })),
      { test: { ...common, name: 'packages', env: { PATH: searchPath }, include: [packaging] } },
    ],
    maxWorkers: 1,
    fileParallelism: false,
    passWithNoTests: false,
  },
});
