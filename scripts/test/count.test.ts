import { describe, expect, it } from 'vitest';
import { countVitest } from './count.ts';

function result(...files: { status: string; tests: string[] }[]): string {
  const testResults = files.map(({ status, tests }) => ({
    status,
    assertionResults: tests.map((test, index) => ({ status: test, fullName: `test ${index}` })),
  }));
  return JSON.stringify({ testResults });
}

describe('countVitest', () => {
  it('adds up the files and names what was skipped', () => {
    const json = result(
      { status: 'passed', tests: ['passed', 'passed', 'skipped'] },
      { status: 'failed', tests: ['failed', 'passed', 'todo'] },
    );
    expect(countVitest(json, 1)).toEqual({ passed: 3, failed: 1, skipped: ['test 2', 'test 2'] });
  });

  it('counts a file that failed without a failed test', () => {
    const json = result({ status: 'failed', tests: [] }, { status: 'passed', tests: ['passed'] });
    expect(countVitest(json, 1)).toEqual({ passed: 1, failed: 1, skipped: [] });
  });

  it('never calls a bad exit a success', () => {
    const good = result({ status: 'passed', tests: ['passed'] });
    expect(countVitest(good, 1)).toEqual({ passed: 1, failed: 1, skipped: [] });
    expect(countVitest(null, null)).toEqual({ passed: 0, failed: 1, skipped: [] });
    expect(countVitest(good, 0)).toEqual({ passed: 1, failed: 0, skipped: [] });
  });
});
