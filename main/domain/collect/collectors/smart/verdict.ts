import type { SmartDisk } from '../../../../contract/storage.ts';
import type { DiskFacts } from './disk-facts.ts';

type Level = 'warn' | 'bad';
type Judgement = Pick<SmartDisk, 'verdict' | 'reasons'>;

const maxReasons = 12;

/**
 * From how many on a count is worth a look, and from how many on it is trouble. One sector that could not be read is a
 * reason to look; a disk that goes on losing them is to be replaced. Cable errors are counted for a disk's whole life.
 */
const counted = {
  pending_sectors: [1, 10, 'pending sector', 'pending sectors'],
  uncorrectable_sectors: [1, 10, 'uncorrectable sector', 'uncorrectable sectors'],
  media_errors: [1, 10, 'media error', 'media errors'],
  uncorrected_errors: [1, 100, 'uncorrected error', 'uncorrected errors'],
  reallocated_sectors: [1, 100, 'reallocated sector', 'reallocated sectors'],
  grown_defects: [1, 100, 'grown defect', 'grown defects'],
  command_timeouts: [100, Number.POSITIVE_INFINITY, 'command timeout', 'command timeouts'],
  crc_errors: [10, Number.POSITIVE_INFINITY, 'CRC error on the cable', 'CRC errors on the cable'],
} as const satisfies Partial<Record<keyof DiskFacts, readonly [number, number, string, string]>>;

/** NVM Express base specification, SMART / Health Information: the byte of critical warnings, bit by bit. */
const warnings: readonly (readonly [level: Level, words: string])[] = [
  ['bad', 'spare below its threshold'],
  ['warn', 'temperature beyond its threshold'],
  ['bad', 'reliability degraded by errors'],
  ['bad', 'read-only'],
  ['bad', 'backup of volatile memory failed'],
  ['bad', 'persistent memory became read-only or unreliable'],
];

/** Where a disk names no limit of its own: degrees at which it is warm, and hot. Spinning disks suffer earlier. */
const spinning = { warm: 55, hot: 65 };
const solid = { warm: 75, hot: 85 };

/**
 * Ours, from all that a disk tells: "passed" alone says little. Ok needs something that was told and nothing that speaks
 * against it; null where nothing was told.
 */
export function judge(disk: DiskFacts): Judgement {
  const found: { level: Level; words: string }[] = [];
  const say = (level: Level, words: string) => found.push({ level, words });

  if (disk.passed === false) say('bad', 'the disk says that it is failing');
  for (const { name, foretells } of disk.failing) {
    say(foretells ? 'bad' : 'warn', `${name} at or below its threshold`);
  }
  for (const [level, words] of warningsOf(disk.critical_warning)) say(level, words);
  const { spare_percent: spare, spare_threshold_percent: threshold, worn_percent: worn } = disk;
  const lacks = ((disk.critical_warning ?? 0) & 1) === 0 && spare !== null && threshold !== null && spare < threshold;
  if (lacks) say('bad', `spare at ${spare} %, below ${threshold} %`);
  if (disk.self_test_failed === true) say('bad', `self-test failed: ${disk.self_test ?? 'no words for it'}`);
  for (const [key, [warn, bad, one, many]] of Object.entries(counted)) {
    const count = disk[key as keyof typeof counted];
    if (count === null || count < warn) continue;
    say(count >= bad ? 'bad' : 'warn', `${count} ${count === 1 ? one : many}`);
  }
  if (worn !== null && worn >= 90) say(worn >= 100 ? 'bad' : 'warn', `${worn} % worn`);
  const heat = heatOf(disk);
  if (heat !== null) say(heat, `${heat === 'bad' ? 'hot' : 'warm'}: ${disk.temperature_celsius} °C`);
  for (const name of disk.failed) say('warn', `${name} was at or below its threshold`);

  const reasons = [...found.filter(({ level }) => level === 'bad'), ...found.filter(({ level }) => level === 'warn')];
  return {
    verdict: reasons[0]?.level ?? (isKnown(disk) ? 'ok' : null),
    reasons: reasons.slice(0, maxReasons).map(({ words }) => words),
  };
}

function warningsOf(byte: number | null): (readonly [Level, string])[] {
  if (byte === null) return [];
  const named = warnings.filter((_, bit) => (byte & (1 << bit)) !== 0);
  const rest = byte & 0xc0;
  return rest === 0 ? named : [...named, ['warn', `critical warning 0x${rest.toString(16)}`]];
}

function heatOf({ temperature_celsius: now, warm_celsius, hot_celsius, rotation_rpm }: DiskFacts): Level | null {
  if (now === null) return null;
  const usual = rotation_rpm !== null && rotation_rpm > 0 ? spinning : solid;
  if (now >= (hot_celsius ?? usual.hot)) return 'bad';
  return now >= (warm_celsius ?? Math.min(usual.warm, hot_celsius ?? usual.warm)) ? 'warn' : null;
}

/** Whether any of what is judged was told. */
function isKnown(disk: DiskFacts): boolean {
  const judged = [disk.passed, disk.critical_warning, disk.worn_percent, disk.spare_percent, disk.self_test_failed];
  const counts = Object.keys(counted).map((key) => disk[key as keyof typeof counted]);
  return [...judged, ...counts].some((value) => value !== null);
}
