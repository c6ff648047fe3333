import type { DiskFacts } from './disk-facts.ts';
import { countAt, listAt, numberAt, textAt } from './json-parts.ts';

type SelfTest = Pick<DiskFacts, 'self_test' | 'self_test_failed'>;

/** The newest self-test that the logs of an ATA, an NVMe or a SCSI disk tell, in the disk's words. */
export function selfTestOf(document: unknown): SelfTest {
  const log = ['ata_smart_self_test_log', 'nvme_self_test_log'] as const;
  const [extended] = listAt(document, 1, log[0], 'extended', 'table');
  const [standard] = listAt(document, 1, log[0], 'standard', 'table');
  const ata = extended ?? standard;
  if (ata !== undefined) {
    const status = numberAt(ata, 'status', 'value');
    const code = status === null ? null : status >> 4;
    return toldOf(textAt(ata, 'type', 'string'), textAt(ata, 'status', 'string'), failedOf(code, ataFailures));
  }
  const [nvme] = listAt(document, 1, log[1], 'table');
  if (nvme !== undefined) {
    const failed = failedOf(countAt(nvme, 'self_test_result', 'value'), nvmeFailures);
    return toldOf(textAt(nvme, 'self_test_code', 'string'), textAt(nvme, 'self_test_result', 'string'), failed);
  }
  const result = textAt(document, 'scsi_self_test_0', 'result', 'string');
  const failed = failedOf(countAt(document, 'scsi_self_test_0', 'result', 'value'), scsiFailures);
  return toldOf(textAt(document, 'scsi_self_test_0', 'code', 'string'), result, failed);
}

/** The same out of a text report: `# 1  Short offline       Completed: read failure       90%     12345         1234`. */
export function selfTestOfText(lines: readonly string[]): SelfTest {
  for (const line of lines) {
    const found = /^#? {0,2}\d{1,2} {2,}(\S.{2,24}?) {2,}(\S.{3,40}?)(?: {2,}| \d\d% |$)/.exec(line.slice(0, 200));
    if (found === null) continue;
    const [, type = null, status = null] = found;
    if (!/offline|short|extended|long|conveyance|selective|vendor|background|foreground|captive/i.test(type ?? ''))
      continue;
    return toldOf(type, status, /fail|fatal|unknown error/i.test(status ?? ''));
  }
  return { self_test: null, self_test_failed: null };
}

/** Of the upper half of an ATA status: fatal error, unknown, electrical, servo, read, and handling damage. */
const ataFailures = [3, 4, 5, 6, 7, 8];
/** A fatal error, a segment that failed, segments that failed. */
const nvmeFailures = [5, 6, 7];
/** Unknown error, a failed part that is unknown, the first, the second, another one. */
const scsiFailures = [3, 4, 5, 6, 7];

function failedOf(code: number | null, failures: readonly number[]): boolean | null {
  return code === null ? null : failures.includes(code);
}

function toldOf(type: string | null, status: string | null, failed: boolean | null): SelfTest {
  const words = [type, status].filter((part) => part !== null);
  return { self_test: words.length === 0 ? null : words.join(': '), self_test_failed: failed };
}
