import type { Kind } from '../../contract/samples.ts';
import type { Collector, Command } from '../../domain/collect/collector.ts';
import { commandLine } from '../../domain/collect/command-line.ts';
import type { CommandRecord } from '../../domain/collect/record.ts';

/** What hung on a host and stopped everything: it is not asked again, and is told as failed in its stead. */
export interface LeftOut {
  /** The id of a command, or of a collector whose own statements hung. */
  add(id: string): void;
  /** All that is asked still. */
  asked(): readonly Collector[];
  /** For a round of that kind, before the record that ends it: one for each command that was not asked. */
  records(kind: Kind, endedAt: number): CommandRecord[];
}

export function createLeftOut(collectors: readonly Collector[]): LeftOut {
  const ids = new Set<string>();

  function isLeftOut(command: Command, { id }: Collector): boolean {
    if (command.type !== 'script') return ids.has(command.id);
    // One that needs an argument has no line without it; the others tell of the whole collector.
    return ids.has(id) && command.match(command.line('')) === '';
  }

  return {
    add: (id) => ids.add(id),
    // The list itself, which all hosts share, until something has to be left out.
    asked: () => {
      if (ids.size === 0) return collectors;
      return collectors.map((collector) => ({
        ...collector,
        awk: ids.has(collector.id) ? null : collector.awk,
        commands: collector.commands.filter(({ id }) => !ids.has(id)),
      }));
    },
    records: (kind, endedAt) => {
      if (ids.size === 0) return [];
      const own = collectors.filter((one) => one.kind === kind);
      const commands = own.flatMap((one) => one.commands.filter((command) => isLeftOut(command, one)));
      return commands.map((command) => ({
        ...{ command: commandLine(command, ''), endedAt, durationMs: 0, exit: null },
        error: 'It hung and stopped everything, so it is left out until the next connection.',
        ...{ stdout: new Uint8Array(), stderr: new Uint8Array(), truncated: false, timedOut: false },
      }));
    },
  };
}
