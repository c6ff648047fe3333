import type { RaidArray } from '../../../../contract/storage.ts';
import { cutText } from '../../cut-text.ts';

export type Sync = NonNullable<RaidArray['sync']>;
type Member = RaidArray['members'][number];

export const maxArrays = 64;
export const maxMembers = 128;
export const maxWord = 64;
const maxLine = 8192;

/** Arrays of `/proc/mdstat`; none where it is something else. A kernel that serves no array still prints the frame. */
export function parseMdstat(text: string): RaidArray[] {
  const arrays: RaidArray[] = [];
  for (const raw of text.split('\n')) {
    const line = raw.slice(0, maxLine).trimEnd();
    const match = /^\s*(md\S{0,60}) : (\S.*)$/.exec(line);
    if (match !== null) {
      if (arrays.length === maxArrays) break;
      arrays.push(arrayOf(match[1] as string, (match[2] as string).split(/\s+/)));
    } else if (/^\s+\S/.test(line)) {
      const array = arrays.at(-1);
      if (array !== undefined) tell(array, line.trim());
    }
  }
  return arrays;
}

const memberPattern = /^([^[\s]{1,64})\[\d{1,9}\]((?:\([A-Z]\))*)$/;

function arrayOf(name: string, words: readonly string[]): RaidArray {
  const [state = '', ...rest] = words;
  // `active (auto-read-only) raid1`: what stands in parentheses is the state in full.
  const mode = /^\((.{1,40})\)$/.exec(rest[0] ?? '');
  const [level] = mode === null ? rest : rest.slice(1);
  const members = rest.flatMap(memberOf).slice(0, maxMembers);
  const isLevel = level !== undefined && !memberPattern.test(level);
  const array: RaidArray = {
    name,
    level: isLevel ? cutText(level, maxWord) : null,
    state: cutText(mode?.[1] ?? state, maxWord),
    size_bytes: null,
    disks: null,
    active_disks: null,
    degraded: null,
    sync: null,
    members,
  };
  if (state !== 'active' || !/^(raid0|linear)$/.test(array.level ?? '')) return array;
  // Those without redundancy print no `[n/m]`; they run with all of their disks, or not at all.
  return { ...array, disks: members.length, active_disks: members.length, degraded: false };
}

/** (S) spare, (F) failed, Synology's (E) too; (W) is an active one that is read last; (J) a journal, (R) a replacement. */
function memberOf(word: string): Member[] {
  const match = memberPattern.exec(word);
  if (match === null) return [];
  const flags = match[2] as string;
  const state = /[FE]/.test(flags) ? 'failed' : flags.includes('S') ? 'spare' : /[JR]/.test(flags) ? 'other' : 'active';
  return [{ name: match[1] as string, state }];
}

function tell(array: RaidArray, line: string): void {
  const blocks = /^(\d{1,16}) blocks\b/.exec(line);
  // Disks that a controller's firmware knows as one set: arrays are made of it, and it never runs itself.
  if (/ super external:[^/]/.test(line) && array.level === null) array.level = 'container';
  if (blocks !== null) array.size_bytes = Number(blocks[1]) * 1024;
  const count = /\[(\d{1,5})\/(\d{1,5})\](?: \[([U_E]{1,1024})\])?/.exec(line);
  if (count !== null) {
    array.disks = Number(count[1]);
    array.active_disks = Number(count[2]);
    array.degraded = isDegraded(array, count[3] ?? '');
  }
  const sync = syncOf(line);
  if (sync !== null) array.sync = sync;
}

/**
 * Whether a disk is missing. A NAS mirrors its system over all the slots that it could have (`[24/4] [UUUU____…]`): where
 * the slots that are empty are the last ones and none has failed, nobody can tell a disk that is gone from a bay that is empty.
 */
function isDegraded({ level, disks, active_disks: active, members }: RaidArray, map: string): boolean | null {
  if (disks === null || active === null) return true;
  const missing = disks - active;
  // One that failed may still be listed when another has taken its place.
  if (missing <= 0) return map.includes('_') || map.includes('E');
  if (members.some(({ state }) => state === 'failed')) return true;
  const isOfNas = level === 'raid1' && /^U+_+$/.test(map) && (disks >= 5 || (disks === 4 && missing >= 2));
  return isOfNas ? null : true;
}

/** `[=>…]  recovery =  8.5% (16829184/195310144) finish=2.4min speed=104320K/sec`, or `resync=DELAYED`. */
function syncOf(line: string): Sync | null {
  const waits = /^(resync|recovery|reshape|check|repair)=(DELAYED|PENDING|REMOTE)\b/.exec(line);
  const nothing = { progress_percent: null, bytes_per_second: null, remaining_seconds: null };
  if (waits !== null) return { action: waits[1] as string, waiting: true, ...nothing };
  const runs = /^\[[=>.]{1,64}\]\s+(\w{1,20})\s*=\s*(\d{1,3}(?:\.\d{1,3})?)%(?: \((\d{1,16})\/(\d{1,16})\))?/.exec(
    line,
  );
  if (runs === null) return null;
  const [done, all] = [Number(runs[3] ?? 0), Number(runs[4] ?? 0)];
  const minutes = /\bfinish=(\d{1,9}(?:\.\d{1,3})?)min\b/.exec(line);
  const speed = /\bspeed=(\d{1,12})K\/sec\b/.exec(line);
  return {
    action: runs[1] as string,
    waiting: false,
    progress_percent: all > 0 ? (100 * done) / all : Number(runs[2]),
    bytes_per_second: speed === null ? null : Number(speed[1]) * 1024,
    remaining_seconds: minutes === null ? null : Number(minutes[1]) * 60,
  };
}
