import type { SampleData } from '../../../../contract/samples.ts';
import type { RaidArray } from '../../../../contract/storage.ts';
import type { Collector, Outcome, Round } from '../../collector.ts';
import { textOf } from '../../record.ts';
import { unread } from '../../unread.ts';
import { parseDetail } from './mdadm-detail.ts';
import { parseMdstat } from './mdstat.ts';

type Value = NonNullable<SampleData['raids']>;

/**
 * Linux software RAID (md): arrays, their members, and what is being repaired.
 *
 * Reads `/proc/mdstat`, and what md says of each array in `/sys`: https://docs.kernel.org/admin-guide/md.html
 */
export const raids: Collector<'raids', null> = {
  id: 'raids',
  kind: 'medium',
  about:
    'Software RAID (md): arrays with their members, what is missing and what is being repaired; a check is no repair.',
  commands: [
    { id: 'raids.mdstat', type: 'read', when: 'always', path: '/proc/mdstat', keep: null },
    {
      id: 'raids.states',
      type: 'files',
      when: 'always',
      directory: '/sys/block',
      patterns: ['md*/md/array_state', 'md*/md/degraded', 'md*/md/sync_action'],
      maxBytes: 32 * 1024,
    },
  ],
  awk: null,
  parse,
};

function parse(round: Round<null>): Outcome<Value, null> {
  const mdstat = round.records('raids.mdstat').at(-1);
  const states = round.records('raids.states').at(-1);
  const text = mdstat === undefined ? '' : textOf(mdstat).replaceAll('\r\n', '\n');
  const facts = factsOf(states === undefined ? '' : textOf(states));
  const list = [...parseMdstat(text), ...parseDetail(text)].map((array) => withFacts(array, facts.get(array.name)));
  if (list.length > 0) return { status: 'ok', value: { list } };
  if (text.trim() === '') {
    const { status } = unread(mdstat, '/proc/mdstat');
    if (status === 'failed') return unread(mdstat, '/proc/mdstat');
    return { status: 'absent', reason: 'RAID: this kernel has no md.' };
  }
  if (/^Personalities\b|^unused devices:/m.test(text))
    return { status: 'absent', reason: 'RAID: there are no md arrays.' };
  return { status: 'failed', reason: `/proc/mdstat does not look like it: ${text.slice(0, 60).toWellFormed()}` };
}

type Facts = ReadonlyMap<string, string>;

/** `md0/md/array_state:clean` by the array and then the file. */
function factsOf(text: string): ReadonlyMap<string, Facts> {
  const found = new Map<string, Map<string, string>>();
  for (const line of text.split('\n')) {
    const match = /^(md[^/]{0,60})\/md\/(array_state|degraded|sync_action):([\w-]{1,32})\s*$/.exec(line);
    if (match === null) continue;
    const [, name, file, value] = match as unknown as [string, string, string, string];
    found.set(name, (found.get(name) ?? new Map<string, string>()).set(file, value));
  }
  return found;
}

const states = new Map([
  ['readonly', 'read-only'],
  ['read-auto', 'auto-read-only'],
]);

/** What md itself says counts more than its table; but what a table cannot tell of a NAS, a number of slots cannot either. */
function withFacts(array: RaidArray, facts: Facts | undefined): RaidArray {
  if (facts === undefined) return array;
  const state = facts.get('array_state');
  const degraded = facts.get('degraded');
  const isUntold = array.degraded === null && array.disks !== null && degraded !== '0';
  return {
    ...array,
    state: state === undefined ? array.state : (states.get(state) ?? state),
    degraded: isUntold || degraded === undefined || !/^\d+$/.test(degraded) ? array.degraded : degraded !== '0',
    sync: syncOf(array.sync, facts.get('sync_action')),
  };
}

/** The table knows how far it is; md knows a repair from a resync. */
function syncOf(sync: RaidArray['sync'], action: string | undefined): RaidArray['sync'] {
  if (action === undefined || action === 'idle' || action === 'frozen') return sync;
  const name = action === 'recover' ? 'recovery' : action;
  const nothing = { waiting: false, progress_percent: null, bytes_per_second: null, remaining_seconds: null };
  return { ...(sync ?? nothing), action: name };
}
