import type { EntryState, ScannedEntry } from '../../domain/dump/scan-entries.ts';

/** Where an entry stands; what its head says is read again when it is asked for. */
export interface Place {
  readonly at: number;
  readonly offset: number;
  readonly bodyOffset: number;
  readonly size: number;
  readonly state: EntryState;
}

/** The entries of a `commands.log` in columns: 29 bytes an entry, and never more than twice that. */
export interface EntryIndex {
  readonly count: number;
  add(entry: ScannedEntry): void;
  place(position: number): Place;
  /** Milliseconds since the epoch, without making an object of the entry. */
  timeOf(position: number): number;
  /** How many entries are in that state. */
  countOf(state: EntryState): number;
  clear(): void;
}

const states = ['sound', 'torn', 'lying', 'suspect'] as const satisfies EntryState[];

export function createEntryIndex(): EntryIndex {
  let count = 0;
  let times = new Float64Array(256);
  let offsets = new Float64Array(256);
  let sizes = new Float64Array(256);
  let headLengths = new Uint32Array(256);
  let stateCodes = new Uint8Array(256);
  const counts = states.map(() => 0);

  function grow(): void {
    const twice = <Column extends Float64Array | Uint32Array | Uint8Array>(column: Column, next: Column): Column => {
      next.set(column);
      return next;
    };
    const length = times.length * 2;
    times = twice(times, new Float64Array(length));
    offsets = twice(offsets, new Float64Array(length));
    sizes = twice(sizes, new Float64Array(length));
    headLengths = twice(headLengths, new Uint32Array(length));
    stateCodes = twice(stateCodes, new Uint8Array(length));
  }

  return {
    get count() {
      return count;
    },
    add: ({ head, state, offset, size }) => {
      if (count === times.length) grow();
      times[count] = head.at;
      offsets[count] = offset;
      sizes[count] = size;
      headLengths[count] = head.length;
      const code = states.indexOf(state);
      stateCodes[count] = code;
      counts[code] = (counts[code] as number) + 1;
      count += 1;
    },
    place: (position) => {
      const offset = offsets[position] as number;
      return {
        at: times[position] as number,
        offset,
        bodyOffset: offset + (headLengths[position] as number),
        size: sizes[position] as number,
        state: states[stateCodes[position] as number] as EntryState,
      };
    },
    timeOf: (position) => times[position] as number,
    countOf: (state) => counts[states.indexOf(state)] as number,
    clear: () => {
      count = 0;
      counts.fill(0);
    },
  };
}
