import { defineConfig } from 'vitest/config';

/** The same suites in each shell: `--project web` or `--project electron-stand-in` runs them in one. */
const shells = ['web', 'electron-stand-in'];

/** The suite that drives a built Rackside in Chromium, against real sshd: one file after the other. */
export default defineConfig({
  test: {
    projects: shells.map((name) => ({
      test: {
        name,
        env: { RACKSIDE_E2E_SHELL: name },
        include: ['e2e/**/*.e2e.ts'],
        pool: 'forks',
        testTimeout: 60_000,
        hookTimeout: 60_000,
        teardownTimeout: 10_000,
        execArgv: ['--disable-warning=ExperimentalWarning'],
      },
    })),
    maxWorkers: 1,
    fileParallelism: false,
    passWithNoTests: false,
  },
});
