import { defineConfig } from 'vitest/config';

/** Unit and contract tests: beside the code, no browser, no sshd. */
export default defineConfig({
  test: {
    include: ['{main,preload,renderer,scripts,bench}/**/*.test.{ts,tsx}'],
    pool: 'forks',
    maxWorkers: 2,
    // Machines that run this are busy: a limit is there to end what hangs, and what is waited for may take a while.
    expect: { poll: { timeout: 20_000 } },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    teardownTimeout: 5_000,
    passWithNoTests: false,
    execArgv: ['--disable-warning=ExperimentalWarning'],
  },
});
