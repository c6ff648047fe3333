import type { SampleData } from '../../../contract/samples.ts';
import type { Collector, Outcome, Round, RunCommand } from '../collector.ts';
import { cutText } from '../cut-text.ts';
import { textOf } from '../record.ts';
import { asRoot, complaintOf, unusable } from '../run-outcome.ts';
import { type Row, rowsOfTables } from './lvm-tables.ts';

type Value = NonNullable<SampleData['lvm']>;
type Group = Value['groups'][number];
type ThinPool = Value['thin_pools'][number];

const report = '--reportformat json --units b --nosuffix';

const command: RunCommand = {
  id: 'lvm.reports',
  type: 'run',
  when: 'always',
  line: asRoot(
    `$S vgs ${report} -o vg_name,vg_size,vg_free,vg_missing_pv_count; $S lvs ${report} -o lv_name,vg_name,lv_attr,lv_size,data_percent,metadata_percent,lv_health_status`,
  ),
  tool: 'vgs',
  sudo: ['/sbin/vgs *', '/sbin/lvs *'],
  deadlineSeconds: 30,
  maxBytes: 256 * 1024,
};

const maxRows = 256;
const maxText = 128;

/**
 * LVM: volume groups, and thin pools with their two fill levels. As root.
 *
 * Runs `vgs` and `lvs`: https://man7.org/linux/man-pages/man8/lvs.8.html with JSON since LVM 2.02.158; captures may be the
 * tables that they print by themselves.
 */
export const lvm: Collector<'lvm', null> = {
  id: 'lvm',
  kind: 'slow',
  about: 'LVM: volume groups with what is free or missing, thin pools with how full data and metadata are; as root.',
  commands: [command],
  awk: null,
  parse,
};

function parse(round: Round<null>): Outcome<Value, null> {
  const record = round.records(command.id).at(-1);
  const text = record === undefined ? '' : textOf(record).replaceAll('\r\n', '\n');
  const rows = reportsOf(text);
  const tables = rowsOfTables(text);
  const groups = [...rows.vg, ...tables.vg].flatMap(groupOf).slice(0, maxRows);
  const pools = [...rows.lv, ...tables.lv].flatMap(poolOf).slice(0, maxRows);
  if (groups.length + pools.length > 0) return { status: 'ok', value: { groups, thin_pools: pools } };
  const refusal = unusable(record, command, 'LVM');
  if (refusal !== null) return refusal;
  if (rows.isReport || record === undefined || (record.exit === 0 && text.trim() === '')) {
    return { status: 'absent', reason: 'LVM: there are no volume groups.' };
  }
  return { status: 'failed', reason: `LVM: vgs said: ${complaintOf(record)}` };
}

interface Reports {
  readonly vg: Row[];
  readonly lv: Row[];
  isReport: boolean;
}

function isObject(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Rows of all reports: one JSON object behind another. */
function reportsOf(text: string): Reports {
  const found: Reports = { vg: [], lv: [], isReport: false };
  for (const part of objectsIn(text)) {
    const reports = isObject(part) && Array.isArray(part.report) ? part.report.filter(isObject) : [];
    for (const one of reports) {
      for (const name of ['vg', 'lv'] as const) {
        const rows: unknown = one[name];
        if (!Array.isArray(rows)) continue;
        found.isReport = true;
        found[name].push(...rows.slice(0, 8 * maxRows).filter(isObject));
      }
    }
  }
  return found;
}

function objectsIn(text: string): unknown[] {
  const parts: unknown[] = [];
  let start = -1;
  let depth = 0;
  let isText = false;
  for (let at = 0; at < text.length; at++) {
    const one = text[at];
    if (isText) {
      if (one === '\\') at += 1;
      else if (one === '"') isText = false;
    } else if (one === '"' && depth > 0) isText = true;
    else if (one === '{' && depth++ === 0) start = at;
    else if (one === '}' && depth > 0 && --depth === 0) parts.push(parsed(text.slice(start, at + 1)));
  }
  return parts;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function wordOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? cutText(value.trim(), maxText) : null;
}

const units = 'bkmgtpe';

/** Bytes: `4194304`, `931.51g`, `<1.82t`; capitals are steps of 1,000. Null for nothing. */
function sizeOf(value: unknown): number | null {
  const match = /^<?(\d{1,20}(?:\.\d{1,6})?)([bkmgtpe]?)$/i.exec(String(value ?? '').trim());
  if (match === null) return null;
  const unit = match[2] as string;
  // A fraction is of a unit that nobody told.
  if (unit === '' && (match[1] as string).includes('.')) return null;
  const step = unit !== unit.toLowerCase() && unit !== 'B' ? 1000 : 1024;
  return Math.round(Number(match[1]) * step ** Math.max(0, units.indexOf(unit.toLowerCase() || 'b')));
}

function percentOf(value: unknown): number | null {
  const text = String(value ?? '').trim();
  return /^\d{1,3}(\.\d{1,6})?$/.test(text) ? Number(text) : null;
}

function groupOf(row: Row): Group[] {
  const name = wordOf(row.vg_name);
  const missing = /^\d{1,6}$/.exec(String(row.vg_missing_pv_count ?? '').trim());
  if (name === null) return [];
  return [
    {
      name,
      size_bytes: sizeOf(row.vg_size),
      free_bytes: sizeOf(row.vg_free),
      missing_disks: missing === null ? null : Number(missing[0]),
    },
  ];
}

function poolOf(row: Row): ThinPool[] {
  const name = wordOf(row.lv_name);
  const attributes = wordOf(row.lv_attr);
  if (name === null || attributes?.[0] !== 't') return [];
  return [
    {
      name,
      group: wordOf(row.vg_name) ?? '',
      size_bytes: sizeOf(row.lv_size),
      data_percent: percentOf(row.data_percent),
      metadata_percent: percentOf(row.metadata_percent),
      health: wordOf(row.lv_health_status) ?? healths.get(attributes[8] ?? '') ?? null,
    },
  ];
}

/** The ninth letter of a thin pool's attributes. */
const healths = new Map([
  ['F', 'failed'],
  ['D', 'out_of_data'],
  ['M', 'metadata_read_only'],
  ['p', 'partial'],
]);
