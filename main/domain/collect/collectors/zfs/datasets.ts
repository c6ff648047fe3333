import type { SampleData } from '../../../../contract/samples.ts';
import type { Collector, Outcome, Round, RunCommand } from '../../collector.ts';
import { cutText } from '../../cut-text.ts';
import { textOf } from '../../record.ts';
import { complaintOf, unusable } from '../../run-outcome.ts';
import { findJson, type JsonObject, objectOf, propertyOf } from './json-pools.ts';
import { propertiesByName } from './property-rows.ts';
import { countOf, maxName, sizeOf } from './values.ts';

type Value = NonNullable<SampleData['datasets']>;
type Dataset = Value['list'][number];

const maxDatasets = 512;
const maxLine = 4096;
const columns = ['name', 'type', 'used', 'avail', 'refer', 'usedbysnapshots', 'mounted', 'mountpoint'];

const list: RunCommand = {
  id: 'datasets.list',
  type: 'run',
  when: 'always',
  line: `zfs list -Hp -t filesystem,volume -o ${columns.join(',')}`,
  tool: 'zfs',
  deadlineSeconds: 30,
  maxBytes: 512 * 1024,
};

/** Sorted by name and asked for nothing else, snapshots need no look into each of them; their names stay on the host. */
const snapshots: RunCommand = {
  id: 'datasets.snapshots',
  type: 'run',
  when: 'always',
  line: 'zfs list -H -t snapshot -o name -s name | cut -d@ -f1 | uniq -c',
  tool: 'zfs',
  deadlineSeconds: 60,
  maxBytes: 512 * 1024,
};

/**
 * ZFS file systems and volumes: what each uses, and its snapshots.
 *
 * Runs `zfs list`: https://openzfs.github.io/openzfs-docs/man/master/8/zfs-list.8.html
 */
export const datasets: Collector<'datasets', null> = {
  id: 'datasets',
  kind: 'slow',
  about: 'ZFS file systems and volumes: what they use, where they are mounted, how many snapshots they have.',
  commands: [list, snapshots],
  awk: null,
  parse,
};

function parse(round: Round<null>): Outcome<Value, null> {
  const record = round.records(list.id).at(-1);
  const counted = round.records(snapshots.id).at(-1);
  const refusal = unusable(record, list, 'ZFS datasets');
  if (refusal !== null && counted === undefined) return refusal;
  const text = (one: typeof record) => (one === undefined ? '' : textOf(one).replaceAll('\r\n', '\n'));
  const found = parseDatasets(text(record));
  // A count that did not end has fewer than there are.
  const isWhole = counted !== undefined && counted.exit === 0 && !counted.truncated && !counted.timedOut;
  const counts = isWhole ? parseCounts(text(counted)) : found.snapshots;
  const value: Value = {
    list: found.list.slice(0, maxDatasets).map((one) => ({
      ...one,
      snapshots: counts === null ? null : (counts.get(one.name) ?? 0),
    })),
    snapshots: counts === null ? null : [...counts.values()].reduce((sum, count) => sum + count, 0),
  };
  if (value.list.length > 0 || (value.snapshots ?? 0) > 0) return { status: 'ok', value };
  if (refusal !== null) return refusal;
  if (record === undefined) return { status: 'absent', reason: 'ZFS datasets: nobody asked.' };
  const complaint = complaintOf(record);
  if (/modules? |\/dev\/zfs/.test(complaint))
    return { status: 'absent', reason: 'ZFS: its kernel module is not loaded.' };
  if (record.exit === 0 || /no datasets available/.test(complaint))
    return { status: 'absent', reason: 'ZFS: there are no datasets.' };
  return { status: 'failed', reason: `ZFS datasets: zfs said: ${complaint}` };
}

interface Found {
  readonly list: Dataset[];
  /** Snapshots by their dataset; null where the output lists none, so that they may just not be asked for. */
  readonly snapshots: Map<string, number> | null;
}

/**
 * Datasets of `zfs list`, as text of any columns or as JSON, and of `zfs get`; snapshots among them are counted, bookmarks
 * are left out.
 */
export function parseDatasets(text: string): Found {
  const json = findJson(text);
  const gotten = propertyRows(text);
  const rows = json !== null ? jsonRows(json) : gotten.length > 0 ? gotten : textRows(text);
  const found: Dataset[] = [];
  const counts = new Map<string, number>();
  for (const row of rows) {
    const name = row.get('name') ?? '';
    // A pool begins with a letter.
    if (!/^[A-Za-z]/.test(name)) continue;
    const dataset = cutText(name.split('@')[0] as string, maxName);
    if (name.includes('@')) counts.set(dataset, (counts.get(dataset) ?? 0) + 1);
    else if (!name.includes('#') && found.length < maxDatasets) found.push(datasetOf(dataset, row));
  }
  return { list: found, snapshots: counts.size === 0 ? null : counts };
}

type Row = ReadonlyMap<string, string>;

function datasetOf(name: string, row: Row): Dataset {
  const mount = row.get('mountpoint') ?? '-';
  const type = (row.get('type') ?? (mount === '-' ? 'volume' : 'filesystem')).toLowerCase();
  return {
    name,
    // Without a column of types or of mount points nothing says so, and most are file systems.
    type: type === 'volume' && (row.has('type') || row.has('mountpoint')) ? 'volume' : 'filesystem',
    used_bytes: sizeOf(row.get('used')),
    available_bytes: sizeOf(row.get('avail')),
    referenced_bytes: sizeOf(row.get('refer')),
    snapshots_bytes: sizeOf(row.get('usedbysnapshots')),
    snapshots: null,
    mount: mount.startsWith('/') && row.get('mounted') !== 'no' ? cutText(mount, maxLine) : null,
  };
}

const ofTable = ['name', 'used', 'avail', 'refer', 'mountpoint'];
const aliases = new Map([
  ['available', 'avail'],
  ['referenced', 'refer'],
  ['usedsnap', 'usedbysnapshots'],
]);

/** The last column may hold spaces, others not; without a header it is ours, or what `zfs list` prints by itself. */
function textRows(text: string): Row[] {
  const rows: Row[] = [];
  let names: readonly string[] | null = null;
  for (const raw of text.split('\n')) {
    if (raw === '') continue;
    if (rows.length > maxDatasets) break;
    const line = raw.slice(0, maxLine).trimEnd();
    const cells = line.split(line.includes('\t') ? '\t' : /\s+/);
    if (cells[0] === 'NAME') {
      names = cells.map((cell) => aliases.get(cell.toLowerCase()) ?? cell.toLowerCase());
      continue;
    }
    // Snapshots by their names alone.
    if (names === null && cells.length === 1 && /^[^@]+@[^@]+$/.test(line)) rows.push(new Map([['name', line]]));
    const own = names ?? columnsOf(line, cells);
    const row = cellsOf(cells, own);
    if (row !== null) rows.push(row);
  }
  return rows;
}

/** Monitors ask for names, sizes and mount points alone, too. */
function columnsOf(line: string, cells: readonly string[]): readonly string[] {
  if (/^(filesystem|volume|snapshot)$/.test(cells[1] ?? '')) return columns;
  const isShort = line.includes('\t') && cells.length === 4 && /^(?:\/.*|-|none|legacy)$/.test(cells[3] ?? '');
  return isShort ? ofTable.filter((name) => name !== 'refer') : ofTable;
}

const sizes = new Set(['used', 'avail', 'refer', 'usedbysnapshots']);

/** A name may hold blanks too: the sizes behind it tell where it ends. Null for what is no row. */
function cellsOf(cells: readonly string[], own: readonly string[]): Row | null {
  for (let extra = 0; extra <= cells.length - own.length && extra < 16; extra++) {
    const whole = [cells.slice(0, extra + 1).join(' '), ...cells.slice(extra + 1)];
    const isRow = own.every((name, index) => !sizes.has(name) || isSize(whole[index]));
    const last = whole.slice(own.length - 1).join(' ');
    const values = [...whole.slice(0, own.length - 1), last];
    if (isRow) return new Map(own.map((name, index) => [name, values[index] as string]));
  }
  return null;
}

function isSize(cell: string | undefined): boolean {
  return cell === undefined || cell === '-' || sizeOf(cell) !== null;
}

const properties = new Set(['type', 'used', 'available', 'referenced', 'usedbysnapshots', 'mounted', 'mountpoint']);

function propertyRows(text: string): Row[] {
  return [...propertiesByName(text, properties)].map(([name, told]) => {
    const own = [...told].map(([property, value]) => [aliases.get(property) ?? property, value] as const);
    return new Map([['name', name], ...own]);
  });
}

function jsonRows(json: JsonObject): Row[] {
  return Object.entries(objectOf(json.datasets)).map(([key, value]) => {
    const said = objectOf(value);
    const row = new Map([['name', typeof said.name === 'string' ? said.name : key]]);
    if (typeof said.type === 'string') row.set('type', said.type);
    const properties = objectOf(said.properties);
    for (const property of Object.keys(properties)) {
      const told = propertyOf(properties, property);
      if (typeof told === 'string' || typeof told === 'number')
        row.set(aliases.get(property) ?? property, String(told));
    }
    return row;
  });
}

/** `     12 tank/vm`, one a line. */
function parseCounts(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of text.split('\n')) {
    const match = /^\s*(\d{1,9}) (\S.*)$/.exec(line.slice(0, maxLine));
    const count = countOf(match?.[1]);
    if (match !== null && count !== null) counts.set(cutText(match[2] as string, maxName), count);
  }
  return counts;
}
