import type { Sample } from '../../contract/samples.ts';
import type { CommandRecord } from '../collect/record.ts';

interface Listeners {
  onRecord(record: CommandRecord): void;
  onSample(sample: Sample): void;
}

/**
 * While `wanted` says so, the command lines of processes go no further than this: samples lose them before they are
 * shown or stored, and the records that hold them never reach a dump, which then replays without them too.
 */
export function namesOnly<Own extends Listeners>(listeners: Own, wanted: () => boolean): Own {
  return {
    ...listeners,
    onRecord: (record) => {
      if (!(wanted() && holdsCommandLine(record.command))) listeners.onRecord(record);
    },
    onSample: (sample) => listeners.onSample(wanted() ? withoutCommandLines(sample) : sample),
  };
}

/** Whether a command prints what a process was started with. */
export function holdsCommandLine(command: string): boolean {
  return /\/proc\/[^ ]*\/(cmdline|environ)\b/.test(command);
}

function withoutCommandLines(sample: Sample): Sample {
  const { processes } = sample.data;
  if (processes === null || processes === undefined) return sample;
  const list = processes.list.map((process) => ({ ...process, command: null }));
  return { ...sample, data: { ...sample.data, processes: { ...processes, list } } };
}
