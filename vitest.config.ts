import { defineConfig } from 'vitest/config';
import { searchPath } from './e2e/search-path.ts';

/** Rooms that hold no state: their tests share workers, and what all of them need is loaded once. */
const pure = 'main/{contract,domain}/**/*.test.ts';
/** But for those that start shells, from a folder that each file has for itself. */
const shells = ['main/domain/collect/program/*.test.ts', 'main/domain/collect/collectors/processes/process-io.test.ts'];

/** Services and shells that keep nothing in their process, only in modules, and these are loaded anew for each file. */
const modest = {
  services: 'console|dumps|fleet|host-import|replays|settings|ssh-config|store',
  shells: 'cli|web',
};

/** Unit and contract tests: beside the code, no browser, no sshd. */
export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'shared',
          include: [pure],
          exclude: shells,
          isolate: false,
          setupFiles: ['scripts/test/fixed-seed.ts'],
        },
      },
      {
        extends: true,
        test: {
          // To begin a process and to load zod or React in it takes longer than most of these files.
          name: 'fresh',
          include: [
            `main/services/@(${modest.services})/**/*.test.ts`,
            `main/shells/@(${modest.shells})/**/*.test.ts`,
            'renderer/**/*.test.ts',
          ],
          isolate: false,
          setupFiles: ['scripts/test/fresh-modules.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'apart',
          include: [
            ...shells,
            `main/services/!(${modest.services})/**/*.test.ts`,
            `main/shells/!(${modest.shells})/**/*.test.ts`,
            'main/*.test.ts',
            'main/{services,shells}/*.test.ts',
            '{preload,scripts,bench}/**/*.test.ts',
          ],
        },
      },
    ],
    env: { PATH: searchPath },
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
