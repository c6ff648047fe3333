/** A group or a volume by the names that LVM gives its fields in JSON. */
export type Row = Readonly<Record<string, unknown>>;

const maxLine = 4096;
const defaults = {
  vg: 'VG #PV #LV #SN Attr VSize VFree'.split(' '),
  lv: 'LV VG Attr LSize Pool Origin Data% Meta%'.split(' '),
};

/** Rows of the tables of `vgs` and `lvs` with whatever columns, and of what they print with `--nameprefixes`. */
export function rowsOfTables(text: string): { readonly vg: Row[]; readonly lv: Row[] } {
  const found: { vg: Row[]; lv: Row[] } = { vg: [], lv: [] };
  const columns = { ...defaults };
  for (const line of text.split('\n', 4096).filter((one) => one.length < maxLine)) {
    const separator = separatorOf(line);
    const words = line.trim().split(separator ?? /\s+/);
    const named = [...line.matchAll(/\bLVM2_(\w{1,60})='([^']{0,256})'/g)].map(([, key = '', value]) => [
      key.toLowerCase(),
      value,
    ]);
    if (named.length > 0) {
      const row: Row = Object.fromEntries(named);
      found[row.lv_name === undefined ? 'vg' : 'lv'].push(row);
    } else if (words.includes('VSize')) columns.vg = words;
    else if (words.includes('LSize')) columns.lv = words;
    else {
      found.vg.push(...groupOf(words, columns.vg));
      found.lv.push(...poolOf(words, columns.lv, separator !== null));
    }
  }
  return found;
}

/** What stands on both sides of the attributes where `--separator` was given; null for blanks. */
function separatorOf(line: string): string | null {
  return /([|,;:^\t])(?:Attr|[wr][z-][x-][p-][a-z-][a-z-]|[\w-][wrR-][\w-]{6,8})\1/.exec(line)?.[1] ?? null;
}

/** That a disk is missing is told, and not how many. Behind VFree stand columns whose names are two words. */
function groupOf(words: readonly string[], columns: readonly string[]): Row[] {
  const cell = (name: string) => words[columns.indexOf(name)];
  const attributes = cell('Attr') ?? '';
  if (!/^[wr][z-][x-][p-][a-z-][a-z-]$/.test(attributes)) return [];
  const sizes = { vg_size: cell('VSize'), vg_free: cell('VFree') };
  return [{ vg_name: cell('VG'), ...sizes, vg_missing_pv_count: attributes[3] === 'p' ? null : '0' }];
}

/** A thin pool has no pool and no origin, so these two columns are blank: words leave them out, cells do not. */
function poolOf(words: readonly string[], columns: readonly string[], isParted: boolean): Row[] {
  const told = isParted ? columns : columns.filter((name) => name !== 'Pool' && name !== 'Origin');
  const cell = (name: string) => words[told.indexOf(name)];
  const lv_attr = cell('Attr') ?? '';
  if (!/^t[\w-]{7,9}$/.test(lv_attr)) return [];
  const use = { data_percent: cell('Data%'), metadata_percent: cell('Meta%') };
  return [{ lv_name: cell('LV'), vg_name: cell('VG'), lv_attr, lv_size: cell('LSize'), ...use }];
}
