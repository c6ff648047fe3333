import type { Collector } from '../../collector.ts';
import { processesAwk } from './awk.ts';
import { processesCommands } from './commands.ts';
import { type ProcessesState, parseProcesses } from './parse.ts';

/**
 * The top processes by CPU, by memory and by disk I/O, with user, command line, and the service or container they run in.
 *
 * Reads `/proc/PID/stat`, `io`, `status`, `cgroup`, `cmdline`:
 * https://www.kernel.org/doc/html/latest/filesystems/proc.html#process-specific-subdirectories
 */
export const processes: Collector<'processes', ProcessesState> = {
  id: 'processes',
  kind: 'fast',
  about: 'The top processes by CPU, memory and disk I/O, from /proc/PID; CPU and I/O in the window between two rounds.',
  commands: processesCommands,
  awk: { source: processesAwk, call: 'processes' },
  parse: parseProcesses,
};
