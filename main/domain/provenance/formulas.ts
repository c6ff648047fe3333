/** How readings are computed that no command prints as they are. The first pattern that fits the path is meant. */
const formulas: readonly (readonly [RegExp, string])[] = [
  [
    /^cpu\..*busy_percent$/,
    '100 × ticks that were neither idle nor iowait ÷ all ticks, from the round before to this one',
  ],
  [/^cpu\..*idle_percent$/, '100 × idle ticks ÷ all ticks, from the round before to this one'],
  [/^cpu\..*_percent$/, '100 × its ticks ÷ all ticks, from the round before to this one; guest is inside user'],
  [/^memory\.used_bytes$/, 'MemTotal − MemAvailable; kB are KiB'],
  [/^memory\.swap\.used_bytes$/, 'SwapTotal − SwapFree; kB are KiB'],
  [/^memory\.cached_bytes$/, 'Cached + SReclaimable; kB are KiB'],
  [/^memory\.arc\.reclaimable_bytes$/, 'size − c_min of the ZFS ARC'],
  [/^memory\..*_bytes$/, 'as printed; kB are KiB'],
  [/^pressure\..*\.stalled_percent$/, 'growth of total (µs) ÷ host seconds between the rounds'],
  [/^network\.total\./, 'the sum over the interfaces that count: growth ÷ host seconds between the rounds'],
  [/^network\..*_per_second$/, 'growth of the counter ÷ host seconds between the rounds'],
  [/^disks\.total\./, 'the sum over whole disks: growth of sectors × 512 ÷ host seconds between the rounds'],
  [/^disks\..*_bytes_per_second$/, 'growth of sectors × 512 ÷ host seconds between the rounds'],
  [/^disks\..*_per_second$/, 'growth of the counter ÷ host seconds between the rounds'],
  [/^disks\..*\.busy_percent$/, 'growth of the time with requests under way (ms) ÷ time between the rounds'],
  [/^disks\..*_latency_ms$/, 'growth of time spent (ms) ÷ growth of requests that ended'],
  [/^disks\..*\.queue_depth$/, 'growth of weighted time (ms) ÷ time between the rounds'],
  [/^sensors\..*celsius$/, 'millidegrees ÷ 1000'],
  [
    /^processes\..*\.cpu_percent$/,
    '100 × growth of utime + stime (ticks) ÷ ticks a second ÷ host seconds; of one core',
  ],
  [/^processes\..*\.cpu_host_percent$/, 'the same ÷ number of CPUs; of the whole host'],
  [/^processes\..*\.memory_bytes$/, 'VmRSS, or pages × page size'],
  [/^processes\..*_bytes_per_second$/, 'growth of bytes ÷ host seconds between the two reads'],
  [/^filesystems\..*\.used_percent$/, '100 × used ÷ (used + available): what is kept for root is no room for users'],
  [/^filesystems\..*inodes_used_percent$/, '100 × used inodes ÷ all inodes'],
  [/^filesystems\..*_bytes$/, 'blocks × the size of a block'],
  [/^cost\.cpu_ms$/, 'growth of the ticks of the program and its children × 1000 ÷ ticks a second'],
  [/^cost\.round_ms$/, 'host time from the beginning of the round to its end'],
  [/^wall_clock\./, "the host's clock − the console's, at the middle of the way of the answer"],
  [/^zfs\..*\.used_percent$/, '100 × used ÷ (used + available) of the root dataset; parity apart'],
  [/^zfs\..*\.progress_percent$/, '100 × what is done ÷ what is to be done'],
  [/^proxmox\.guests\..*\.cpu_percent$/, "100 × the fraction that Proxmox VE tells, of the guest's own CPUs"],
  [/^proxmox\..*\.cpu_percent$/, '100 × the fraction that Proxmox VE tells'],
  [/_bytes_per_second$/, 'growth of the counter ÷ host seconds between the rounds'],
  [/^smart\..*\.verdict$/, "from the attributes and the logs, not from the disk's own word alone"],
  [/^smart\..*\.(read|written)_bytes$/, 'data units × 512,000, or sectors × the size of a sector'],
  [/age_seconds$/, "the host's time − the time of the thing"],
];

/** Null for what is printed as it is. */
export function formulaOf(kind: string): string | null {
  return formulas.find(([pattern]) => pattern.test(kind))?.[1] ?? null;
}

/** A number that a reading was computed from. */
export interface Input {
  readonly round: 'this' | 'before' | 'once';
  /** It is the host's uptime at the beginning of a round. */
  readonly isClock: boolean;
  readonly text: string;
}

/**
 * The computation with the numbers that were used, as far as its shape can be seen in them: one that is printed, two
 * counters and two clocks, else a list of what went in.
 */
export function workedOf(value: unknown, inputs: readonly Input[]): string | null {
  if (inputs.length === 0) return null;
  const result = ` = ${typeof value === 'number' ? shown(value) : String(value)}`;
  const clocks = inputs.filter(({ isClock }) => isClock).map(({ text }) => Number(text));
  const others = inputs.filter(({ isClock }) => !isClock);
  if (typeof value === 'number') {
    const [only] = others;
    if (others.length === 1 && clocks.length === 0 && only !== undefined) {
      return `${only.text}${factor(value / Number(only.text))}${result}`;
    }
    const counters = others.map(({ text }) => Number(text));
    const isRate = counters.length === 2 && clocks.length === 2 && others[0]?.round !== others[1]?.round;
    if (isRate) {
      const [before, now, began, ended] = [...counters, ...clocks] as [number, number, number, number];
      const rate = (now - before) / (ended - began);
      return `(${now} − ${before}) ÷ (${ended} − ${began} s)${rate === 0 ? '' : factor(value / rate)}${result}`;
    }
  }
  const told = (round: Input['round']) => inputs.filter((one) => one.round === round).map(({ text }) => text);
  const [once, before, now] = [told('once'), told('before'), told('this')].map((texts) => texts.join(' '));
  const parts = [once && `once ${once}`, before && `before ${before}`, now && (before || once ? `now ${now}` : now)];
  return `${parts.filter(Boolean).join('; ')}${result}`;
}

function factor(by: number): string {
  if (!Number.isFinite(by) || Math.abs(by - 1) < 1e-9) return '';
  return by >= 1 || by < 0 ? ` × ${shown(by)}` : ` ÷ ${shown(1 / by)}`;
}

function shown(value: number): string {
  return String(Number(value.toPrecision(12)));
}
