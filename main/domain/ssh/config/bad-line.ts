import { FaultError } from '../../../contract/faults.ts';

/** Why ssh would refuse a line. Whoever reads the file adds which line of which file it is. */
export class BadLine extends Error {}

/** A configuration that ssh would refuse as well: `why` is a sentence. */
export function refused(why: string): FaultError {
  return new FaultError('bad_input', 'ssh config', why);
}

/** What comes out of a file is shown in part only. */
export function quoted(text: string): string {
  return `“${text.length > 100 ? `${text.slice(0, 100)}…` : text}”`;
}
