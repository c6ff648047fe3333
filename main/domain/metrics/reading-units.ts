export type ReadingUnit =
  | 'percent'
  | 'bytes'
  | 'bytes_per_second'
  | 'per_second'
  | 'load'
  | 'count'
  | 'seconds'
  | 'milliseconds'
  | 'celsius'
  | 'rpm';

export interface ReadingInfo {
  readonly unit: ReadingUnit;
  /** A reading is kept as the integer nearest to value × scale: 0.01 %, 1 KiB, 16 B/s, 0.01 load, 0.01 s, 0.1 °C. */
  readonly scale: number;
}

export const scales: Readonly<Record<ReadingUnit, number>> = {
  percent: 100,
  bytes: 1 / 1024,
  bytes_per_second: 1 / 16,
  per_second: 100,
  load: 100,
  count: 1,
  seconds: 100,
  milliseconds: 100,
  celsius: 10,
  rpm: 1,
};

/** What a round prints is some 10 KiB: there a KiB is too coarse. */
export const costBytesScale = 1;

/** Unit and scale of a reading by its name; null for a name that is none. */
export function readingInfo(name: string): ReadingInfo | null {
  const unit = unitOf(name);
  if (unit === null) return null;
  return { unit, scale: name === 'cost.bytes' ? costBytesScale : scales[unit] };
}

const fixed: readonly (readonly [names: RegExp, unit: ReadingUnit])[] = [
  [/^cpu\.(busy|user|system|iowait|steal|core\.\d+\.busy)$/, 'percent'],
  [/^memory\.(used|available|cached|total|arc)$|^swap\.(used|total)$/, 'bytes'],
  [/^load\.(1|5|15)$/, 'load'],
  [/^(processes\.count|units\.failed|containers\.running)$/, 'count'],
  [/^clock\.(uptime|offset)$/, 'seconds'],
  [/^pressure\.(cpu\.some|(memory|io)\.(some|full))$/, 'percent'],
  [/^net\.(rx|tx)$|^disk\.(read|write)$/, 'bytes_per_second'],
  [/^net\.errors$/, 'per_second'],
  [/^cost\.cpu$/, 'milliseconds'],
  [/^cost\.bytes$/, 'bytes'],
];

/** By what stands before the colon: the ends that such names have, whatever the host's own part is. */
const own: Readonly<Record<string, readonly (readonly [end: string, unit: ReadingUnit])[]>> = {
  fs: [
    ['.used_percent', 'percent'],
    ['.used_bytes', 'bytes'],
    ['.size_bytes', 'bytes'],
  ],
  net: [
    ['.rx', 'bytes_per_second'],
    ['.tx', 'bytes_per_second'],
  ],
  disk: [
    ['.read', 'bytes_per_second'],
    ['.write', 'bytes_per_second'],
    ['.busy', 'percent'],
    ['.read_latency', 'milliseconds'],
    ['.write_latency', 'milliseconds'],
  ],
  pool: [
    ['.used_percent', 'percent'],
    ['.allocated_bytes', 'bytes'],
  ],
  temp: [['', 'celsius']],
  smart: [['.temperature', 'celsius']],
  gpu: [
    ['.busy', 'percent'],
    ['.memory_used', 'bytes'],
  ],
  ups: [['.battery', 'percent']],
  fan: [['', 'rpm']],
  guest: [
    ['.cpu', 'percent'],
    ['.memory', 'bytes'],
  ],
};

function unitOf(name: string): ReadingUnit | null {
  const colon = name.indexOf(':');
  if (colon === -1) return fixed.find(([names]) => names.test(name))?.[1] ?? null;
  const kind = name.slice(0, colon);
  const ends = Object.hasOwn(own, kind) ? (own[kind] ?? []) : [];
  return ends.find(([end]) => name.endsWith(end))?.[1] ?? null;
}
