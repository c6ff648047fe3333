/** How much a value asks for attention. A colour may show it, but a word or a shape always does. */
export type Level = 'ok' | 'warn' | 'bad';

export interface Threshold {
  /** From here on (inclusive) it is worth a look. */
  readonly warn: number;
  /** From here on (inclusive) it is trouble. */
  readonly bad: number;
  /** The words for the three levels, as they stand beside the value. */
  readonly words: Readonly<Record<Level, string>>;
}

/**
 * Each reading has thresholds of its own: a CPU at 60 % is at work, a file system at 60 % has room, and one process
 * at 60 % of a core is what a technician looks for.
 */
export const defaultThresholds = {
  /** Percent of one core. */
  process: { warn: 20, bad: 50, words: { ok: 'low', warn: 'busy', bad: 'heavy' } },
  /** Percent of all cores. */
  cpu: { warn: 70, bad: 90, words: { ok: 'normal', warn: 'busy', bad: 'saturated' } },
  /** Percent of memory that nothing can be given from. */
  memory: { warn: 80, bad: 92, words: { ok: 'normal', warn: 'tight', bad: 'nearly full' } },
  /** Percent of swap. */
  swap: { warn: 25, bad: 60, words: { ok: 'normal', warn: 'in use', bad: 'heavy use' } },
  /** Load of one minute per core. */
  load: { warn: 0.8, bad: 1.5, words: { ok: 'normal', warn: 'busy', bad: 'overloaded' } },
  /** Percent of what users can have. */
  filesystem: { warn: 80, bad: 92, words: { ok: 'room left', warn: 'filling', bad: 'nearly full' } },
  /** Percent of the files that a file system has room for. */
  inodes: { warn: 80, bad: 92, words: { ok: 'room left', warn: 'filling', bad: 'nearly full' } },
  /** Percent of a thin pool's data or metadata: full, it stops all that lies on it. */
  thin: { warn: 80, bad: 92, words: { ok: 'room left', warn: 'filling', bad: 'nearly full' } },
  /** Percent of time in which at least one task waited. */
  pressure: { warn: 10, bad: 40, words: { ok: 'normal', warn: 'waiting', bad: 'stalling' } },
  /** Percent of time with a request under way. */
  disk: { warn: 70, bad: 95, words: { ok: 'normal', warn: 'busy', bad: 'saturated' } },
  /** Percent of the speed of the link, in the busier direction. */
  link: { warn: 70, bad: 90, words: { ok: 'normal', warn: 'busy', bad: 'saturated' } },
  /** Errors and drops in a second: any is worth a look. */
  faults: { warn: 0.01, bad: 10, words: { ok: 'none', warn: 'some', bad: 'many' } },
  /** Degrees Celsius, for a sensor that says no limits of its own. */
  temperature: { warn: 75, bad: 90, words: { ok: 'normal', warn: 'hot', bad: 'critical' } },
  /** Degrees Celsius of a graphics processor, which is built for heat. */
  gpu: { warn: 85, bad: 95, words: { ok: 'normal', warn: 'hot', bad: 'critical' } },
  /** Percent of the writes that a disk is made for. */
  wear: { warn: 90, bad: 100, words: { ok: 'little worn', warn: 'worn', bad: 'worn out' } },
  /** Sectors of a disk that cannot be read: pending, uncorrectable, errors of its medium. */
  sectors: { warn: 1, bad: 10, words: { ok: 'none', warn: 'some', bad: 'many' } },
  /** Sectors that a disk has replaced, defects that grew, errors that it gave up on. */
  defects: { warn: 1, bad: 100, words: { ok: 'none', warn: 'some', bad: 'many' } },
  /** Degrees Celsius of a spinning disk that says no limits of its own. */
  hdd: { warn: 55, bad: 65, words: { ok: 'normal', warn: 'warm', bad: 'hot' } },
  /** Degrees Celsius of a solid one that says none. */
  ssd: { warn: 75, bad: 85, words: { ok: 'normal', warn: 'warm', bad: 'hot' } },
  /** Days since the newest backup of a guest. */
  backup: { warn: 8, bad: 31, words: { ok: 'recent', warn: 'old', bad: 'very old' } },
  /** Seconds that a host's wall clock is off, in either direction. */
  offset: { warn: 2, bad: 60, words: { ok: 'in step', warn: 'off', bad: 'far off' } },
} as const satisfies Record<string, Threshold>;

export type Measure = keyof typeof defaultThresholds;

/**
 * Those that hold, of the host that is shown. Like the language of a program they are set for all who present anything;
 * who shows many hosts at once gives the limits of each.
 */
export const thresholds: Record<Measure, Threshold> = { ...defaultThresholds };

/** From where on a value is worth a look, and trouble, by measure. */
export type Limits = Readonly<Record<Measure, Pick<Threshold, 'warn' | 'bad'>>>;

/** `thresholds.cpu_warn`: the setting that sets one. */
export function thresholdKey(measure: Measure, level: 'warn' | 'bad'): string {
  return `thresholds.${measure}_${level}`;
}

/** Holds these from now on. True where that changed any. */
export function holdThresholds(limits: Limits): boolean {
  let changed = false;
  for (const measure of Object.keys(defaultThresholds) as Measure[]) {
    const [{ warn, bad }, before] = [limits[measure], thresholds[measure]];
    if (warn === before.warn && bad === before.bad) continue;
    thresholds[measure] = { ...before, warn, bad };
    changed = true;
  }
  return changed;
}

/** The level of a value; null where the value is unknown. */
export function levelOf(measure: Measure, value: number | null, limits: Limits = thresholds): Level | null {
  if (value === null || !Number.isFinite(value)) return null;
  const { warn, bad } = limits[measure];
  if (value >= bad) return 'bad';
  return value >= warn ? 'warn' : 'ok';
}

/** The word for that level: `busy`; `unknown` where the value is. */
export function levelWord(measure: Measure, value: number | null, limits: Limits = thresholds): string {
  const level = levelOf(measure, value, limits);
  return level === null ? 'unknown' : thresholds[measure].words[level];
}

/** True when data is older than three of its own intervals: then a number on screen is history, not news. */
export function isStale(ageSeconds: number, cadenceSeconds: number): boolean {
  return ageSeconds > 3 * cadenceSeconds;
}
