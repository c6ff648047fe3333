import { describe, expect, it } from 'vitest';
import { countVitest, failedFiles, readVitest, withRerun } from './count.ts';

function run(exit: number, ...files: { name: string; status: string; tests: string[] }[]) {
  const testResults = files.map(({ name, status, tests }) => ({
    ...{ name, status },
    assertionResults: tests.map((test, index) => ({ status: test, fullName: `${name} ${index}` })),
  }));
  return readVitest(JSON.stringify({ testResults }), exit);
}

const good = { name: 'good', status: 'passed', tests: ['passed'] };
const unloaded = { name: 'unloaded', status: 'failed', tests: [] };

describe('countVitest', () => {
  it('adds up the files and names what was skipped', () => {
    const mixed = { name: 'mixed', status: 'failed', tests: ['failed', 'passed', 'todo'] };
    const skipping = { name: 'skipping', status: 'passed', tests: ['passed', 'passed', 'skipped'] };
    expect(countVitest(run(1, skipping, mixed))).toEqual({ passed: 3, failed: 1, skipped: ['skipping 2', 'mixed 2'] });
  });

  it('counts a file that failed without a failed test', () => {
    expect(countVitest(run(1, unloaded, good))).toEqual({ passed: 1, failed: 1, skipped: [] });
  });

  it('never calls a bad exit a success', () => {
    expect(countVitest(run(1, good))).toEqual({ passed: 1, failed: 1, skipped: [] });
    expect(countVitest(readVitest(null, null))).toEqual({ passed: 0, failed: 1, skipped: [] });
    expect(countVitest(run(0, good))).toEqual({ passed: 1, failed: 0, skipped: [] });
  });
});

describe('a second run of what failed', () => {
  const twice = { name: 'twice', status: 'failed', tests: ['passed', 'failed'] };
  const steady = { name: 'twice', status: 'passed', tests: ['passed', 'passed'] };

  it('is of each file once, whatever projects it is in', () => {
    expect(failedFiles(run(1, good, twice, steady, twice, unloaded))).toEqual(['twice', 'unloaded']);
  });

  it('stands for the first', () => {
    expect(countVitest(withRerun(run(1, good, twice, steady), run(0, steady, steady)))).toEqual({
      ...{ passed: 5, failed: 0, skipped: [] },
    });
    expect(countVitest(withRerun(run(1, good, twice), run(1, twice)))).toEqual({ passed: 2, failed: 1, skipped: [] });
  });

  it('is none where nothing is known of it', () => {
    expect(countVitest(withRerun(run(1, good, twice), readVitest(null, null)))).toEqual({
      ...{ passed: 2, failed: 1, skipped: [] },
    });
  });
});
