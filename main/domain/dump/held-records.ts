import type { Kind } from '../../contract/samples.ts';
import type { CommandIndex } from '../collect/command-line.ts';
import type { CommandRecord } from '../collect/record.ts';
import { PackedRecords } from './packed-records.ts';

/** What rounds that are gone told once, and what still holds: later rounds cannot be read without it. */
export interface HeldRecords {
  readonly bytes: number;
  /** Takes what holds on out of a round that goes, and lets go what it ended. Rounds come oldest first. */
  take(kind: Kind, round: PackedRecords, index: CommandIndex): void;
  /** What holds for rounds of that kind, the oldest first. */
  of(kind: Kind): CommandRecord[];
  copy(): HeldRecords;
}

interface Held {
  readonly kind: Kind;
  /** This one alone: the round that it came in goes. */
  readonly packed: PackedRecords;
  readonly bytes: number;
  /** The command that must go on to name this argument. */
  readonly among: string | null;
  readonly argument: string;
}

/** More than any host tells; a hostile one may tell something new for ever. */
const maxHeld = 512;

export function createHeldRecords(before: ReadonlyMap<string, Held> = new Map()): HeldRecords {
  const byLine = new Map(before);

  return {
    get bytes() {
      let sum = 0;
      for (const held of byLine.values()) sum += held.bytes;
      return sum;
    },
    take: (kind, round, index) => {
      /** Arguments of the round's commands, by their id. */
      const told = new Map<string, string>();
      for (let place = 0; place < round.length; place++) {
        const line = round.commandAt(place);
        const found = index.byLine(line);
        if (found === null) continue;
        const { command, argument } = found;
        told.set(command.id, argument);
        const lasts = command.when === 'first' ? 'on' : command.lasts;
        if (lasts === undefined) continue;
        // Told anew, it is the newest again.
        byLine.delete(line);
        byLine.set(
          line,
          holding(kind, round.recordAt(place), { among: lasts === 'on' ? null : lasts.among, argument }),
        );
      }
      const named = new Map<string, Set<string>>();
      for (const [line, { among, argument }] of byLine) {
        const all = among === null ? undefined : told.get(among);
        if (among === null || all === undefined) continue;
        const words = named.get(among) ?? new Set(all.split(' '));
        named.set(among, words);
        if (!argument.split(' ').some((word) => words.has(word))) byLine.delete(line);
      }
      for (const line of byLine.keys()) {
        if (byLine.size <= maxHeld) break;
        byLine.delete(line);
      }
    },
    of: (kind) => [...byLine.values()].filter((held) => held.kind === kind).map(({ packed }) => packed.recordAt(0)),
    copy: () => createHeldRecords(byLine),
  };
}

function holding(kind: Kind, record: CommandRecord, of: Pick<Held, 'among' | 'argument'>): Held {
  const bytes = record.command.length + record.stdout.length + record.stderr.length;
  return { kind, packed: new PackedRecords([record]), bytes, ...of };
}
