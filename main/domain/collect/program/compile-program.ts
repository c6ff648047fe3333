import type { Collector } from '../collector.ts';
import { awkProgram } from './awk.ts';
import { shellProgram } from './shell.ts';

/**
 * The program that answers ticks on a host, as text for the standard input of a POSIX `sh`. After its `ready` frame
 * it takes `tickLine` and `dropLine`; it ends when its input does, and leaves nothing behind.
 * @param boundary the session's secret: 16 to 64 random letters and digits, so that no output can look like a frame
 * @param careful say what is read before it is read: a file that never answers blocks awk, and nobody else can name it
 */
export function compileProgram(collectors: readonly Collector[], boundary: string, careful = false): string {
  if (!/^[A-Za-z0-9]{16,64}$/.test(boundary)) throw new Error('A boundary is 16 to 64 letters and digits.');
  return shellProgram(collectors, awkProgram(collectors, careful), boundary, careful);
}
