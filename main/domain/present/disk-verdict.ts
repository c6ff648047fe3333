import type { SmartDisk } from '../../contract/storage.ts';
import { type Level, type Limits, levelOf, type Measure, thresholds } from './levels.ts';

/** One thing that speaks against a disk, and which of its readings says so. */
export interface DiskTrouble {
  readonly key: keyof SmartDisk;
  readonly level: Exclude<Level, 'ok'>;
  readonly words: string;
}

/** What a judgement needs to know. */
export type JudgedDisk = Omit<SmartDisk, 'verdict' | 'reasons'>;

/**
 * What is counted for a disk's whole life, and by which measure. One sector that could not be read is a reason to look; a
 * disk that goes on losing them is to be replaced.
 */
const counted = [
  ['pending_sectors', 'sectors', 'pending sector', 'pending sectors'],
  ['uncorrectable_sectors', 'sectors', 'uncorrectable sector', 'uncorrectable sectors'],
  ['media_errors', 'sectors', 'media error', 'media errors'],
  ['uncorrected_errors', 'defects', 'uncorrected error', 'uncorrected errors'],
  ['reallocated_sectors', 'defects', 'reallocated sector', 'reallocated sectors'],
  ['grown_defects', 'defects', 'grown defect', 'grown defects'],
] as const satisfies readonly (readonly [keyof SmartDisk, Measure, string, string])[];

/** What speaks against the cable rather than the disk: never more than a reason to look. */
const cable = [
  ['command_timeouts', 100, 'command timeouts'],
  ['crc_errors', 10, 'CRC errors on the cable'],
] as const satisfies readonly (readonly [keyof SmartDisk, number, string])[];

/** Those of its counts that are judged. */
export const judgedCounts = [...counted, ...cable].map(([key]) => key);

/** All that speaks against a disk, worst first: what it says itself, and what lies beyond thresholds. */
export function diskTroubles(disk: JudgedDisk, limits: Limits = thresholds): DiskTrouble[] {
  const found: DiskTrouble[] = disk.complaints.map(({ level, text }) => ({ key: 'verdict', level, words: text }));
  const judge = (key: keyof SmartDisk, level: Level | null, words: string) => {
    if (level !== null && level !== 'ok') found.push({ key, level, words });
  };
  for (const [key, measure, one, many] of counted) {
    const count = disk[key];
    // None is none, also where a threshold says zero.
    if (count !== null && count > 0)
      judge(key, levelOf(measure, count, limits), `${count} ${count === 1 ? one : many}`);
  }
  for (const [key, warn, words] of cable) {
    const count = disk[key];
    if (count !== null && count >= warn) judge(key, 'warn', `${count} ${words}`);
  }
  judge('worn_percent', levelOf('wear', disk.worn_percent, limits), `${disk.worn_percent} % worn`);
  const heat = diskHeat(disk, limits);
  judge('temperature_celsius', heat, `${heat === 'bad' ? 'hot' : 'warm'}: ${disk.temperature_celsius} °C`);
  return [...found.filter(({ level }) => level === 'bad'), ...found.filter(({ level }) => level === 'warn')];
}

/** By the limits that the disk names itself, else by those for its kind: spinning disks suffer earlier. */
export function diskHeat(disk: JudgedDisk, limits: Limits = thresholds): Level | null {
  const { temperature_celsius: now, warm_celsius: warm, hot_celsius: hot, rotation_rpm: rpm } = disk;
  const measure = rpm !== null && rpm > 0 ? 'hdd' : 'ssd';
  const bad = hot ?? limits[measure].bad;
  const own = { ...limits, [measure]: { warn: warm ?? Math.min(limits[measure].warn, bad), bad } };
  return levelOf(measure, now, own);
}

/** The verdict by these thresholds; null where nothing is known of the disk. */
export function diskVerdict(disk: SmartDisk, limits: Limits = thresholds): Level | null {
  return diskTroubles(disk, limits)[0]?.level ?? (disk.verdict === null ? null : 'ok');
}
