import type { SampleData } from '../../../../contract/samples.ts';
import type { Pool } from '../../../../contract/storage.ts';
import type { Collector, Outcome, Round, RunCommand } from '../../collector.ts';
import { cutText } from '../../cut-text.ts';
import { textOf } from '../../record.ts';
import { complaintOf, unusable } from '../../run-outcome.ts';
import { findJson, parseJsonPools } from './json-pools.ts';
import { parseStatusText } from './status-text.ts';
import { parsePoolProperties, parsePoolTable, parseStates, parseUsable } from './tables.ts';
import { maxPools, unknownPool, wordsOf } from './values.ts';

type Value = NonNullable<SampleData['zfs']>;

/** Since 0.7 everybody may ask; before, root alone. Where there is no module, sudo would not help. */
const sudoIfNeeded = "[ -w /dev/zfs ] || [ ! -e /dev/zfs ] && S= || S='sudo -n'";
const sudo = ['/sbin/zpool list *', '/sbin/zpool status *', '/sbin/zfs list *'];

const list: RunCommand = {
  id: 'zfs.list',
  type: 'run',
  when: 'always',
  // ZFS before 0.6.4 knows no `frag`. The size of a pool of raidz counts parity too; that of its root dataset does not.
  line: `${sudoIfNeeded}; $S zpool list -Hp -o name,size,alloc,free,frag,cap,health 2>/dev/null || $S zpool list -H -o name,size,alloc,free,cap,health; $S zfs list -Hp -d 0 -o name,used,avail 2>/dev/null`,
  tool: 'zpool',
  sudo,
  deadlineSeconds: 10,
  maxBytes: 64 * 1024,
};

const status: RunCommand = {
  id: 'zfs.status',
  type: 'run',
  when: 'always',
  // JSON since 2.3, exact numbers since 0.8. Names of damaged files cost time, so they come last, of pools that are not well.
  line: `${sudoIfNeeded}; { $S zpool status -j --json-int -ps 2>/dev/null && date +%s; } || $S zpool status -ps 2>/dev/null || $S zpool status; $S zpool status -xv 2>/dev/null`,
  tool: 'zpool',
  sudo,
  deadlineSeconds: 15,
  maxBytes: 512 * 1024,
};

/**
 * ZFS: pools, their devices with every counter, and the scrub or resilver that runs or ran last.
 *
 * Runs `zpool list`: https://openzfs.github.io/openzfs-docs/man/master/8/zpool-list.8.html and `zpool status`:
 * https://openzfs.github.io/openzfs-docs/man/master/8/zpool-status.8.html and reads `/proc/spl/kstat/zfs/POOL/state`, which
 * answers where zpool hangs because a pool is SUSPENDED.
 */
export const zfs: Collector<'zfs', null> = {
  id: 'zfs',
  kind: 'medium',
  about:
    'ZFS pools: how full, every device with its errors, scrub or resilver; one that is suspended is told without zpool.',
  commands: [
    {
      id: 'zfs.states',
      type: 'files',
      when: 'always',
      directory: '/proc/spl/kstat/zfs',
      patterns: ['*/state'],
      maxBytes: 16 * 1024,
    },
    { id: 'zfs.version', type: 'read', when: 'first', path: '/sys/module/zfs/version', keep: null },
    list,
    status,
  ],
  awk: null,
  parse,
};

function parse(round: Round<null>): Outcome<Value, null> {
  const last = (id: string) => round.records(id).at(-1);
  const text = (id: string) => {
    const record = last(id);
    return record === undefined ? '' : textOf(record).replaceAll('\r\n', '\n');
  };
  const version = wordsOf(text('zfs.version').split('\n')[0], 64);
  const asked = [status, list].filter(({ id }) => last(id) !== undefined);
  const problems = asked.map((command) => unusable(last(command.id), command, 'ZFS')).filter((one) => one !== null);
  const said = [text('zfs.list'), text('zfs.status')];
  const tables = said.flatMap((one) => [...parsePoolTable(one), ...parsePoolProperties(one)]);
  const described = said.flatMap(parseStatus);
  // A container without zpool sees the states of its host's pools.
  const isSilent = asked.some(({ id }) => last(id)?.timedOut);
  const isFailed = isSilent || problems.some((one) => one.status === 'failed');
  const isHere = asked.length === 0 || tables.length + described.length > 0 || isFailed;
  const states = isHere ? said.concat(text('zfs.states')).map(parseStates) : [];
  const pools = merge(
    [...described, ...tables],
    new Map(states.flatMap((found) => [...found])),
    new Map(said.flatMap((one) => [...parseUsable(one)])),
  );
  if (pools.length > 0) return { status: 'ok', value: { version, pools } };
  if (problems[0] !== undefined) return problems[0];
  if (isSilent) return { status: 'failed', reason: `ZFS: zpool did not answer within ${status.deadlineSeconds} s.` };
  const record = last('zfs.list') ?? last('zfs.status');
  if (record === undefined) return { status: 'absent', reason: 'ZFS: there is no zpool here.' };
  const complaint = complaintOf(record);
  if (/modules? |\/dev\/zfs/.test(complaint))
    return { status: 'absent', reason: 'ZFS: its kernel module is not loaded.' };
  const isNothing = said.every((one) => one.trim() === '');
  if ((record.exit === 0 && isNothing) || /no pools available/.test(`${complaint}\n${said.join('\n')}`))
    return { status: 'absent', reason: 'ZFS: there are no pools.' };
  const first = said.join('\n').trim().split('\n')[0] as string;
  if (record.exit === 0) return { status: 'failed', reason: `ZFS: zpool printed no pool: ${cutText(first, 80)}` };
  return { status: 'failed', reason: `ZFS: zpool said: ${complaint}` };
}

/** JSON, text, or JSON and then the text of pools that are not well. */
function parseStatus(text: string): Pool[] {
  const json = findJson(text);
  const clock = /^(\d{9,11})$/m.exec(text);
  const pools = json === null ? [] : parseJsonPools(json, clock === null ? null : Number(clock[1]));
  return [...pools, ...parseStatusText(text)];
}

/** What is told of one pool at several places, as one: what was told first counts, where it is known. */
function merge(
  told: readonly Pool[],
  states: ReadonlyMap<string, string>,
  usable: ReturnType<typeof parseUsable>,
): Pool[] {
  const pools = new Map<string, Pool>();
  for (const one of told) {
    const pool = pools.get(one.name);
    pools.set(one.name, pool === undefined ? one : join(pool, one));
  }
  for (const name of states.keys()) if (!pools.has(name)) pools.set(name, unknownPool(name));
  return [...pools.values()].slice(0, maxPools).map((pool) => {
    const { used, available } = usable.get(pool.name) ?? { used: null, available: null };
    const state = states.get(pool.name);
    return {
      ...pool,
      state: state === 'SUSPENDED' ? state : (pool.state ?? state ?? null),
      used_bytes: used,
      available_bytes: available,
      used_percent: shareOf(used, available) ?? shareOf(pool.allocated_bytes, pool.free_bytes),
    };
  });
}

function join(pool: Pool, more: Pool): Pool {
  const known = Object.entries(pool).filter(
    ([, value]) => value !== null && !(Array.isArray(value) && value.length === 0),
  );
  return { ...more, ...Object.fromEntries(known) };
}

/** Percent of both together; null where either is unknown or both are zero. */
function shareOf(used: number | null, free: number | null): number | null {
  return used === null || free === null || used + free === 0 ? null : (100 * used) / (used + free);
}
