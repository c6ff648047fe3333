import type { Kind } from '../../contract/samples.ts';
import type { CommandIndex } from '../collect/command-line.ts';
import type { CommandRecord } from '../collect/record.ts';

/** What rounds that are gone told once, and what still holds: later rounds cannot be read without it. */
export interface HeldRecords {
  readonly bytes: number;
  /** Takes what holds on out of a round that goes, and lets go what it ended. Rounds come oldest first. */
  take(kind: Kind, round: readonly CommandRecord[], index: CommandIndex): void;
  /** What holds for rounds of that kind, the oldest first. */
  of(kind: Kind): CommandRecord[];
  copy(): HeldRecords;
}

interface Held {
  readonly kind: Kind;
  readonly record: CommandRecord;
  /** The command that must go on to name this argument. */
  readonly among: string | null;
  readonly argument: string;
}

/** More than any host tells; a hostile one may tell something new for ever. */
const maxHeld = 512;

export function createHeldRecords(before: ReadonlyMap<string, Held> = new Map()): HeldRecords {
  const byLine = new Map(before);
  const sizeOf = ({ record }: Held) => record.command.length + record.stdout.length + record.stderr.length;

  return {
    get bytes() {
      return [...byLine.values()].reduce((sum, held) => sum + sizeOf(held), 0);
    },
    take: (kind, round, index) => {
      const named = new Map<string, Set<string>>();
      for (const record of round) {
        const found = index.byLine(record.command);
        if (found === null) continue;
        const { command, argument } = found;
        named.set(command.id, new Set(argument.split(' ')));
        const lasts = command.when === 'first' ? 'on' : command.lasts;
        if (lasts === undefined) continue;
        // Told anew, it is the newest again.
        byLine.delete(record.command);
        byLine.set(record.command, {
          kind,
          record: copied(record),
          among: lasts === 'on' ? null : lasts.among,
          argument,
        });
      }
      for (const [line, { among, argument }] of byLine) {
        const words = among === null ? undefined : named.get(among);
        if (words !== undefined && !argument.split(' ').some((word) => words.has(word))) byLine.delete(line);
      }
      for (const line of byLine.keys()) {
        if (byLine.size <= maxHeld) break;
        byLine.delete(line);
      }
    },
    of: (kind) => [...byLine.values()].filter((held) => held.kind === kind).map(({ record }) => record),
    copy: () => createHeldRecords(byLine),
  };
}

/** With bytes of its own: the round that it came in goes. */
function copied(record: CommandRecord): CommandRecord {
  return { ...record, stdout: new Uint8Array(record.stdout), stderr: new Uint8Array(record.stderr) };
}
