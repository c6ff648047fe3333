import type { SmartDisk } from '../../../../contract/storage.ts';
import { diskTroubles, judgedCounts } from '../../../present/disk-verdict.ts';
import { defaultThresholds } from '../../../present/levels.ts';
import { cutText } from '../../cut-text.ts';
import type { DiskFacts } from './disk-facts.ts';

type Level = 'warn' | 'bad';

const maxReasons = 12;
const maxText = 128;

/** NVM Express base specification, SMART / Health Information: the byte of critical warnings, bit by bit. */
const warnings: readonly (readonly [level: Level, words: string])[] = [
  ['bad', 'spare below its threshold'],
  ['warn', 'temperature beyond its threshold'],
  ['bad', 'reliability degraded by errors'],
  ['bad', 'read-only'],
  ['bad', 'backup of volatile memory failed'],
  ['bad', 'persistent memory became read-only or unreliable'],
];

/**
 * Ours, from all that a disk tells: "passed" alone says little. Ok needs something that was told and nothing that speaks
 * against it; null where nothing was told.
 */
export function judge(disk: DiskFacts): Pick<SmartDisk, 'verdict' | 'reasons' | 'complaints'> {
  const complaints = complaintsOf(disk);
  const reasons = diskTroubles({ ...disk, complaints }, defaultThresholds);
  return {
    verdict: reasons[0]?.level ?? (isKnown(disk) ? 'ok' : null),
    reasons: reasons.slice(0, maxReasons).map(({ words }) => words),
    complaints,
  };
}

/** What no threshold of ours is about, worst first. */
function complaintsOf(disk: DiskFacts): SmartDisk['complaints'] {
  const found: SmartDisk['complaints'] = [];
  const say = (level: Level, words: string) => found.push({ level, text: cutText(words, maxText) });

  if (disk.passed === false) say('bad', 'the disk says that it is failing');
  for (const { name, foretells } of disk.failing) {
    say(foretells ? 'bad' : 'warn', `${name} at or below its threshold`);
  }
  for (const [level, words] of warningsOf(disk.critical_warning)) say(level, words);
  const { spare_percent: spare, spare_threshold_percent: threshold } = disk;
  const lacks = ((disk.critical_warning ?? 0) & 1) === 0 && spare !== null && threshold !== null && spare < threshold;
  if (lacks) say('bad', `spare at ${spare} %, below ${threshold} %`);
  if (disk.self_test_failed === true) say('bad', `self-test failed: ${disk.self_test ?? 'no words for it'}`);
  for (const name of disk.failed) say('warn', `${name} was at or below its threshold`);
  const worst = [...found.filter(({ level }) => level === 'bad'), ...found.filter(({ level }) => level === 'warn')];
  return worst.slice(0, maxReasons);
}

function warningsOf(byte: number | null): (readonly [Level, string])[] {
  if (byte === null) return [];
  const named = warnings.filter((_, bit) => (byte & (1 << bit)) !== 0);
  const rest = byte & 0xc0;
  return rest === 0 ? named : [...named, ['warn', `critical warning 0x${rest.toString(16)}`]];
}

/** Whether any of what is judged was told. */
function isKnown(disk: DiskFacts): boolean {
  const judged = [disk.passed, disk.critical_warning, disk.worn_percent, disk.spare_percent, disk.self_test_failed];
  const counts = judgedCounts.map((key) => disk[key]);
  return [...judged, ...counts].some((value) => value !== null);
}
