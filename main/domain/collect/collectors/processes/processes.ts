import type { Collector } from '../../collector.ts';
import { processesAwk } from './awk.ts';
import { processesCommands } from './commands.ts';
import { type ProcessesState, parseProcesses } from './parse.ts';

/**
 * The top processes by CPU and by memory, with user and command line.
 *
 * Reads `/proc/PID/stat`, `/proc/PID/status`, `/proc/PID/cmdline`:
 * https://www.kernel.org/doc/html/latest/filesystems/proc.html#process-specific-subdirectories
 */
export const processes: Collector<'processes', ProcessesState> = {
  id: 'processes',
  kind: 'fast',
  about: 'The top processes by CPU and by memory, from /proc/PID; CPU in the window between two rounds.',
  commands: processesCommands,
  awk: { source: processesAwk, call: 'processes' },
  parse: parseProcesses,
};
