import type { RaidArray } from '../../../../contract/storage.ts';
import { cutText } from '../../cut-text.ts';
import { maxArrays, maxMembers, maxWord, type Sync } from './mdstat.ts';

const maxLine = 1024;
const actions = new Map([
  ['recovering', 'recovery'],
  ['resyncing', 'resync'],
  ['reshaping', 'reshape'],
  ['checking', 'check'],
]);

/**
 * Arrays of `mdadm --detail`: https://man7.org/linux/man-pages/man8/mdadm.8.html. None where it is something else. Nothing
 * asks a host for it; captures hold it.
 */
export function parseDetail(text: string): RaidArray[] {
  const arrays: RaidArray[] = [];
  let fields = new Map<string, string>();
  let members: RaidArray['members'] = [];
  let name: string | null = null;
  let isWhole = false;
  const close = () => {
    if (name !== null && fields.has('Raid Level')) arrays.push(arrayOf(name, fields, members, isWhole));
  };
  for (const raw of text.split('\n')) {
    const line = raw.slice(0, maxLine).trim();
    const head = /^\/dev\/(?:md\/)?(\S{1,64}):$/.exec(line);
    const field = /^([A-Z][A-Za-z ]{1,30}?) : (.*)$/.exec(line);
    if (head !== null) {
      close();
      if (arrays.length === maxArrays) return arrays;
      [name, fields, members, isWhole] = [head[1] as string, new Map(), [], false];
    } else if (field !== null) fields.set(field[1] as string, field[2] as string);
    else if (/^Number\s+Major\s/.test(line)) isWhole = true;
    else if (members.length < maxMembers) members.push(...memberOf(line));
  }
  close();
  return arrays;
}

/** `   2     254        2        -      faulty failfast   /dev/vda2`; a slot that was `removed` has no device. */
function memberOf(line: string): RaidArray['members'] {
  const match = /^(?:\d{1,6}|-)\s+\d{1,6}\s+\d{1,6}\s+(?:\d{1,6}|-)\s+(.{1,200}?)\s+\/dev\/(\S{1,64})$/.exec(line);
  if (match === null) return [];
  const words = (match[1] as string).split(/\s+/);
  const state = words.includes('faulty')
    ? 'failed'
    : words.includes('spare')
      ? 'spare'
      : words.includes('active')
        ? 'active'
        : 'other';
  return [{ name: match[2] as string, state }];
}

/** @param isWhole whether its disks were told too: until then a state may still have followed */
function arrayOf(
  name: string,
  fields: ReadonlyMap<string, string>,
  members: RaidArray['members'],
  isWhole: boolean,
): RaidArray {
  const number = (field: string) => {
    const match = /^(\d{1,16})\b/.exec(fields.get(field) ?? '');
    return match === null ? null : Number(match[1]);
  };
  const size = number('Array Size');
  const words = (fields.get('State') ?? '').split(',').map((word) => word.trim());
  const isRunning = words[0] !== '' && words[0] !== 'inactive';
  return {
    name,
    level: cutText((fields.get('Raid Level') ?? '').trim(), maxWord) || null,
    state: cutText(words[0] || (isWhole || fields.has('State') ? 'inactive' : 'unknown'), maxWord),
    size_bytes: size === null ? null : size * 1024,
    disks: number('Raid Devices'),
    active_disks: number('Active Devices'),
    degraded: isRunning ? words.includes('degraded') || words.includes('FAILED') : null,
    sync: syncOf(words, fields),
    members,
  };
}

function syncOf(words: readonly string[], fields: ReadonlyMap<string, string>): Sync | null {
  const word = words.find((one) => actions.has(one.split(' ')[0] as string));
  const status = ['Rebuild', 'Resync', 'Reshape', 'Check'].find((one) => fields.has(`${one} Status`));
  if (word === undefined && status === undefined) return null;
  const percent = /^(\d{1,3})% complete/.exec(fields.get(`${status} Status`) ?? '');
  const named = status === 'Rebuild' || status === undefined ? 'recovery' : status.toLowerCase();
  return {
    action: actions.get(word?.split(' ')[0] as string) ?? named,
    waiting: /\((DELAYED|PENDING)\)/.test(word ?? ''),
    progress_percent: percent === null ? null : Number(percent[1]),
    bytes_per_second: null,
    remaining_seconds: null,
  };
}
