import type { Kind } from '../../contract/samples.ts';
import type { CommandRecord } from '../../domain/collect/record.ts';
import { createBodyLimits } from '../../domain/dump/body-limits.ts';
import { sourcesOfRounds } from '../../domain/dump/recent-rounds.ts';
import type { Source } from '../../domain/provenance/explain-reading.ts';
import type { Dump } from './open-dump.ts';
import { readRecords } from './read-records.ts';
import { createRoundPlaces, type FoundRound, type RoundPlace } from './round-places.ts';

/** The rounds of a dump with what they are computed from. */
export interface Rounds {
  /** The newest round of a kind that began at or before an instant, and has ended; null where there is none. */
  at(kind: Kind, instant: number): FoundRound | null;
  /** The records of that round, of the one before it, and what was told once before both. */
  sourcesOf(kind: Kind, round: FoundRound): Promise<Source[]>;
}

/** What was told once is needed again by every round after it; beyond so many bytes it is read anew. */
const maxKeptBytes = 8 << 20;

export function createRounds(dump: Dump): Rounds {
  const { log, collectors } = dump;
  const limitOf = createBodyLimits(collectors);
  const places = createRoundPlaces(log, collectors, () => dump.wholeEntries());
  const kept = new Map<string, CommandRecord[]>();
  let keptBytes = 0;

  async function read(kind: Kind, { begin, end }: RoundPlace): Promise<CommandRecord[]> {
    const records: CommandRecord[] = [];
    for await (const record of readRecords(log, begin, end, limitOf, kind)) records.push(record);
    return records;
  }

  async function once(kind: Kind, position: number): Promise<CommandRecord[]> {
    const key = `${log.revision} ${position}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const records = await read(kind, { begin: position, end: position + 1 });
    if (keptBytes > maxKeptBytes) {
      kept.clear();
      keptBytes = 0;
    }
    kept.set(key, records);
    keptBytes += records.reduce(
      (sum, { command, stdout, stderr }) => sum + command.length + stdout.length + stderr.length,
      500,
    );
    return records;
  }

  return {
    at: places.at,
    sourcesOf: async (kind, { own, before, told }) => {
      const earlier = before === null ? [] : await read(kind, before);
      // Of each line the newest.
      const newest = new Map<string, CommandRecord>();
      for (const position of told) for (const record of await once(kind, position)) newest.set(record.command, record);
      return sourcesOfRounds([...newest.values()], earlier, await read(kind, own));
    },
  };
}
