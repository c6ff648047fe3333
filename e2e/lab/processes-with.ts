import { readdirSync, readFileSync } from 'node:fs';

export interface LabProcess {
  readonly pid: number;
  /** Its command line, arguments parted by spaces. */
  readonly line: string;
}

/** Processes, but for this one, whose command line holds that text: what is left of a test's own commands. */
export function processesWith(text: string): LabProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map((pid) => ({ pid: Number(pid), line: lineOf(pid) }))
    .filter(({ line }) => line.includes(text));
}

function lineOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
}
