/** Steps of a path that say nothing to a reader: the list that a thing stands in, what all of it together is called. */
const silent = new Set(['list', 'share']);

/** By how a key ends: what is left off its name, and the unit of its values. */
const units: readonly (readonly [ending: string, unit: string])[] = [
  ['_bytes_per_second', 'bytes/s'],
  ['_bits_per_second', 'bits/s'],
  ['_per_second', '/s'],
  ['_bytes', 'bytes'],
  ['_percent', '%'],
  ['_seconds', 's'],
  ['_milliseconds', 'ms'],
  ['_ms', 'ms'],
  ['_us', 'µs'],
  ['_celsius', '°C'],
  ['_watts', 'W'],
  ['_volts', 'V'],
  ['_hours', 'h'],
  ['_days', 'days'],
  ['_mhz', 'MHz'],
  ['_rpm', 'rpm'],
];

function endingOf(path: readonly (string | number)[]): readonly [ending: string, unit: string] | undefined {
  const key = path.findLast((step) => typeof step === 'string') ?? '';
  return units.find(([ending]) => key.endsWith(ending) || key === ending.slice(1));
}

/** What a reading is, out of its path: `memory used`, `disks 1 read`; things in lists are counted from one. */
export function readingWords(path: readonly (string | number)[]): string {
  if (path.at(-1) === 'length') return `how many ${readingWords(path.slice(0, -1))}`;
  const [ending] = endingOf(path) ?? [''];
  return path
    .filter((step) => typeof step === 'number' || !silent.has(step))
    .map((step, index) => {
      if (typeof step === 'number') return String(step + 1);
      const isLast = index > 0 && ending !== '' && step.endsWith(ending) && step.length > ending.length;
      return (isLast ? step.slice(0, -ending.length) : step).replaceAll('_', ' ');
    })
    .join(' ');
}

/** The same of a reading that others of its list are added to: `sum of 3: processes cpu`. */
export function sumWords(path: readonly (string | number)[], added: number): string {
  if (added === 0) return readingWords(path);
  return `sum of ${added + 1}: ${readingWords(path.filter((step) => typeof step === 'string'))}`;
}

/** The unit that the name of a reading gives; empty where it is a count, or a word. */
export function unitOf(path: readonly (string | number)[]): string {
  return endingOf(path)?.[1] ?? '';
}

/** A value as it was computed, every digit that says something, with its unit: `4 093 640 704 bytes`, `12.3456 %`. */
export function exactWords(path: readonly (string | number)[], value: string | number | boolean | null): string {
  if (value === null) return 'unknown';
  if (typeof value !== 'number') return String(value);
  const [whole = '', rest] = String(Number.isInteger(value) ? value : Number(value.toPrecision(10))).split('.');
  const grouped = whole.includes('e') ? whole : whole.replace(/\B(?=(\d{3})+$)/g, '\u202f');
  const unit = unitOf(path);
  return `${grouped}${rest === undefined ? '' : `.${rest}`}${unit.startsWith('/') || unit === '' ? unit : ` ${unit}`}`;
}
