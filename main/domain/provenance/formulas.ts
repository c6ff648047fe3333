/** How readings are computed that no command prints as they are. The first pattern that fits the path is meant. */
const formulas: readonly (readonly [RegExp, string])[] = [
  [
    /^cpu\..*busy_percent$/,
    '100 × ticks that were neither idle, iowait nor steal ÷ all ticks, from the round before to this one',
  ],
  [/\.length$/, 'how many there are in the list'],
  [/^cpu\..*idle_percent$/, '100 × idle ticks ÷ all ticks, from the round before to this one'],
  [/^cpu\..*_percent$/, '100 × its ticks ÷ all ticks, from the round before to this one; guest is inside user'],
  [/^memory\.used_bytes$/, 'MemTotal − MemAvailable; kB are KiB'],
  [/^memory\.swap\.used_bytes$/, 'SwapTotal − SwapFree; kB are KiB'],
  [/^memory\.arc\.reclaimable_bytes$/, 'size − c_min of the ZFS ARC'],
  [/^memory\..*_bytes$/, 'as printed; kB are KiB'],
  [/^pressure\..*\.stalled_percent$/, 'growth of total (µs) ÷ host seconds between the rounds'],
  [/^network\..*speed_bits_per_second$/, 'as the driver tells it; Mbit are a million bits'],
  [/^network\.total\./, 'the sum over the interfaces that count: growth ÷ host seconds between the rounds'],
  [/^network\..*_per_second$/, 'growth of the counter ÷ host seconds between the rounds'],
  [/^disks\.total\./, 'the sum over whole disks: growth of sectors × 512 ÷ host seconds between the rounds'],
  [/^disks\..*_bytes_per_second$/, 'growth of sectors × 512 ÷ host seconds between the rounds'],
  [/^disks\..*_per_second$/, 'growth of the counter ÷ host seconds between the rounds'],
  [/^disks\..*\.busy_percent$/, 'growth of the time with requests under way (ms) ÷ time between the rounds'],
  [/^disks\..*_latency_ms$/, 'growth of time spent (ms) ÷ growth of requests that ended'],
  [/^disks\..*\.queue_depth$/, 'growth of weighted time (ms) ÷ time between the rounds'],
  [/^sensors\..*celsius$/, 'millidegrees ÷ 1000'],
  [/^processes\.count$/, 'how many numbered folders there are in /proc'],
  [/^processes\.window_seconds$/, "the host's seconds between the two reads"],
  [/^processes\..*\.user$/, 'the owner of the process, by its number, as /etc/passwd names it'],
  [
    /^processes\..*\.cpu_percent$/,
    '100 × growth of utime + stime (ticks) ÷ ticks a second ÷ host seconds; of one core',
  ],
  [/^processes\..*\.cpu_host_percent$/, 'the same ÷ number of CPUs; of the whole host'],
  [/^processes\..*\.memory_bytes$/, 'VmRSS, or pages × page size'],
  [
    /^processes\..*\.read_bytes_per_second$/,
    'growth of read_bytes ÷ host seconds between the two reads; unknown where a child ended, whose bytes are added',
  ],
  [
    /^processes\..*\.write_bytes_per_second$/,
    'growth of write_bytes ÷ host seconds between the two reads; unknown where a child ended, whose bytes are added',
  ],
  [
    /^processes\..*\.cancelled_write_bytes_per_second$/,
    'growth of cancelled_write_bytes ÷ host seconds between the two reads; what is not told of it is zero',
  ],
  [/^filesystems\..*\.used_percent$/, '100 × used ÷ (used + available): what is kept for root is no room for users'],
  [/^filesystems\..*inodes_used_percent$/, '100 × used inodes ÷ all inodes'],
  [/^filesystems\..*_bytes$/, 'blocks × the size of a block'],
  [/^cost\.cpu_ms$/, 'growth of the ticks of the program and its children × 1000 ÷ ticks a second'],
  [/^cost\.round_ms$/, 'host time from the beginning of the round to its end'],
  [/^cost\.bytes$/, 'all that the records of the round printed, frames included'],
  [
    /^wall_clock\.uncertainty_seconds$/,
    'half of the way of the answer, of the step in which the host told its time, and of what a mark came late',
  ],
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
