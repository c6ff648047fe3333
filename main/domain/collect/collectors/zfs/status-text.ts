import type { Pool } from '../../../../contract/storage.ts';
import { cutText } from '../../cut-text.ts';
import { parseConfig } from './status-config.ts';
import { parseMove, parseScan } from './status-scan.ts';
import { countOf, maxDamaged, maxName, maxPools, maxSentence, unknownPool, wordsOf } from './values.ts';

const maxLine = 4096;
const field =
  /^\s{0,8}(pool|id|state|status|action|see|scan|scrub|remove|expand|checkpoint|config|dedup|errors|comment):(.*)$/;

/** What one pool's part of the text says, by the field; fields that come twice (`scan`) keep both. */
interface Section {
  readonly name: string;
  readonly fields: Map<string, string[][]>;
}

/** The pools of `zpool status`, of every generation, with or without `-v`, `-s`, `-p`; none where it is something else. */
export function parseStatusText(text: string): Pool[] {
  return sectionsOf(text).map(({ name, fields }) => {
    const config = parseConfig(fields.get('config')?.[0] ?? [], name);
    const errors = errorsOf(fields.get('errors')?.at(-1));
    const pool = unknownPool(name);
    return {
      ...pool,
      state: wordsOf(sentence(fields.get('state')), 32),
      status: wordsOf(sentence(fields.get('status'))),
      action: wordsOf(sentence(fields.get('action'))),
      scan: scanOf(fields),
      ...config.pool,
      ...errors,
      vdevs: config.vdevs,
    };
  });
}

function sectionsOf(text: string): Section[] {
  const sections: Section[] = [];
  let lines: string[] = [];
  let isList = false;
  for (const raw of text.split('\n', 16_384)) {
    const line = raw.slice(0, maxLine).replace(/\r$/, '');
    const match = isList && !/^\s{0,3}pool: /.test(line) ? null : field.exec(line);
    if (match === null) {
      lines.push(line);
      continue;
    }
    const [, name, value] = match as unknown as [string, string, string];
    lines = [value];
    if (name === 'pool') {
      if (sections.length === maxPools) break;
      sections.push({ name: cutText(value.trim(), maxName), fields: new Map() });
    }
    // What follows are paths, which may look like anything.
    isList = name === 'errors' && value.includes('following files');
    const { fields } = sections.at(-1) ?? { fields: new Map<string, string[][]>() };
    fields.set(name, [...(fields.get(name) ?? []), lines]);
  }
  return sections;
}

function sentence(said: string[][] | undefined): string {
  const words = (said?.[0] ?? []).map((line) => line.trim()).filter((line) => line !== '');
  return cutText(words.join(' ').replace(/\s+/g, ' '), maxSentence);
}

/** The one that runs, before the one that ran. */
function scanOf(fields: Section['fields']): Pool['scan'] {
  const scans = ['scan', 'scrub'].flatMap((name) =>
    (fields.get(name) ?? []).map((lines) => parseScan(sentence([lines]))),
  );
  const moves = ['expand', 'remove'].flatMap((name) =>
    (fields.get(name) ?? []).map((lines) => parseMove(sentence([lines]))),
  );
  const all = [...scans, ...moves].filter((scan) => scan !== null);
  return all.find(({ state }) => state === 'running') ?? all.find(({ state }) => state === 'paused') ?? all[0] ?? null;
}

/** Paths, as far in as the first of them, up to a blank line: what follows is a prompt, or the next command. */
function listed(lines: readonly string[]): string[] {
  const start = lines.findIndex((line) => line.trim() !== '');
  const [first = ''] = lines.slice(start);
  const indent = first.length - first.trimStart().length;
  const rest = start < 0 ? [] : lines.slice(start);
  const end = rest.findIndex((line) => line.trim() === '' || line.slice(0, indent).trim() !== '');
  return rest.slice(0, end < 0 ? rest.length : end).map((line) => line.trim());
}

/** How many files have permanent errors, and the first of them; null where the text does not say. */
function errorsOf(lines: string[] | undefined): Pick<Pool, 'data_errors' | 'damaged_files'> {
  const [first = '', ...rest] = lines ?? [];
  if (/no known data errors/i.test(first)) return { data_errors: 0, damaged_files: [] };
  const told = /^\s*(\S{1,20}) data errors?\b/.exec(first);
  if (told !== null) return { data_errors: countOf(told[1]), damaged_files: [] };
  if (!first.includes('following files')) return { data_errors: null, damaged_files: [] };
  const files = listed(rest);
  return {
    data_errors: files.length,
    damaged_files: files.slice(0, maxDamaged).map((file) => cutText(file, maxSentence)),
  };
}
