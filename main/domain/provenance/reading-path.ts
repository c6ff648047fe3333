import type { Sample } from '../../contract/samples.ts';

/** Where a value stands in a sample's data: keys and places in lists. */
export type ReadingPath = readonly (string | number)[];

/** A way to the same reading in another sample, whose lists may be in another order. */
export type Steady = readonly (string | number | Readonly<Record<string, unknown>>)[];

/** What tells things in a list apart; a thing is the same where all of these that it has are. */
const identifying = [
  ...['pid', 'start_ticks', 'vmid', 'id', 'uid', 'uuid', 'device', 'mount', 'name', 'slot'],
  ...['protocol', 'address', 'port', 'destination', 'user', 'terminal', 'node', 'depth'],
];

/** Missing: the way leads nowhere. `null` is there, and unknown. */
export const missing = Symbol('missing');

export function valueAt(data: unknown, steps: ReadingPath | Steady): unknown {
  let at: unknown = data;
  for (const step of steps) {
    if (typeof at !== 'object' || at === null) return missing;
    if (typeof step === 'object') at = (at as unknown[]).find?.((item) => isSame(item, step)) ?? missing;
    else at = Object.hasOwn(at, step) ? (at as Record<string | number, unknown>)[step] : missing;
  }
  return at === undefined ? missing : at;
}

/** A list of words as one text, and everything else as it is: so two values can be told apart. */
export function comparable(value: unknown): unknown {
  const isOfWords = Array.isArray(value) && value.every((item) => typeof item === 'string');
  return isOfWords ? value.join(' ') : value;
}

/** The same way, with what a thing in a list is in place of its number, where something tells them apart. */
export function steadyPath({ data }: Sample, path: ReadingPath): Steady {
  return path.map((step, index) => {
    if (typeof step === 'string') return step;
    const item = valueAt(data, path.slice(0, index + 1));
    if (typeof item !== 'object' || item === null) return step;
    const own = identifying.filter((key) => Object.hasOwn(item, key) && key !== path[index + 1]);
    const marks = Object.fromEntries(own.map((key) => [key, (item as Record<string, unknown>)[key]]));
    const list = valueAt(data, path.slice(0, index)) as readonly unknown[];
    // Two that are alike but for what is asked are told apart by their places alone.
    return own.length === 0 || list.findIndex((one) => isSame(one, marks)) !== step ? step : marks;
  });
}

function isSame(item: unknown, marks: Readonly<Record<string, unknown>>): boolean {
  if (typeof item !== 'object' || item === null) return false;
  return Object.entries(marks).every(([key, value]) => (item as Record<string, unknown>)[key] === value);
}

/** `disks.list[].read_bytes_per_second`: what kind of reading it is, whichever thing it is of. */
export function pathKind(path: ReadingPath): string {
  return path.map((step, index) => (typeof step === 'number' ? '[]' : index === 0 ? step : `.${step}`)).join('');
}
