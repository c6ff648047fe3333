/** How a stage went, in tests. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
  /** Tests that did not run, by their full names. */
  readonly skipped: readonly string[];
}

export const noTests: Count = { passed: 0, failed: 0, skipped: [] };

interface VitestFile {
  readonly status: string;
  readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
}

/**
 * Counts what vitest's JSON reporter wrote (null when it wrote nothing). A file that failed without a failed test (it
 * did not load, or a hook threw) counts as one failure, and so does a bad exit that no test explains.
 */
export function countVitest(json: string | null, exit: number | null): Count {
  const files = json === null ? [] : (JSON.parse(json) as { testResults: readonly VitestFile[] }).testResults;
  let passed = 0;
  let failed = 0;
  const skipped: string[] = [];
  for (const { status, assertionResults } of files) {
    const bad = assertionResults.filter((test) => test.status === 'failed').length;
    failed += bad === 0 && status === 'failed' ? 1 : bad;
    passed += assertionResults.filter((test) => test.status === 'passed').length;
    skipped.push(...assertionResults.filter((test) => isSkipped(test.status)).map((test) => test.fullName));
  }
  return { passed, failed: failed === 0 && exit !== 0 ? 1 : failed, skipped };
}

function isSkipped(status: string): boolean {
  return status !== 'passed' && status !== 'failed';
}
