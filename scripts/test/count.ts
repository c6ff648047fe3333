/** How a stage went, in tests. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
  /** Tests that did not run, by their full names. */
  readonly skipped: readonly string[];
}

export const noTests: Count = { passed: 0, failed: 0, skipped: [] };

interface VitestFile {
  /** Its path; a file that runs in two projects is there twice. */
  readonly name: string;
  readonly status: string;
  readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
}

/** What is known of a run of vitest: what its JSON reporter wrote, and how it ended. */
export interface VitestRun {
  readonly files: readonly VitestFile[];
  readonly exit: number | null;
}

/** `json`: null where the reporter wrote nothing. */
export function readVitest(json: string | null, exit: number | null): VitestRun {
  const files = json === null ? [] : (JSON.parse(json) as { testResults: readonly VitestFile[] }).testResults;
  return { files, exit };
}

/** Paths of the files in which a test or a hook failed, or that ended their process. */
export function failedFiles({ files }: VitestRun): string[] {
  return [...new Set(files.filter(({ status }) => status === 'failed').map(({ name }) => name))];
}

/** A run, with some of its files as they went in another one. */
export function withRerun(run: VitestRun, rerun: VitestRun): VitestRun {
  const again = new Set(rerun.files.map(({ name }) => name));
  return { files: [...run.files.filter(({ name }) => !again.has(name)), ...rerun.files], exit: rerun.exit };
}

/**
 * Adds a run up. A file that failed without a failed test (it did not load, or a hook threw) counts as one failure, and
 * so does a bad exit that no test explains.
 */
export function countVitest({ files, exit }: VitestRun): Count {
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
