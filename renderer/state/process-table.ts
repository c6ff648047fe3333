import type { Process } from '../../main/contract/samples.ts';

export type ProcessOrder = 'cpu' | 'memory';

const shown = 10;

function value(process: Process, order: ProcessOrder): number {
  return (order === 'cpu' ? process.cpu_percent : process.memory_bytes) ?? -1;
}

/** The top ten; what is unknown stands last, and equals keep the order of their PIDs, so that rows do not dance. */
export function topProcesses(list: readonly Process[], order: ProcessOrder): Process[] {
  return [...list].sort((a, b) => value(b, order) - value(a, order) || a.pid - b.pid).slice(0, shown);
}

/** Names one process, also after its PID was used again. */
export function processKey({ pid, start_ticks }: Process): string {
  return `${pid}:${start_ticks}`;
}
