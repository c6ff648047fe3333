import type { SampleData } from '../../../contract/samples.ts';

type Filesystem = NonNullable<SampleData['filesystems']>['list'][number];

export type DfRow = Omit<Filesystem, 'type' | 'inodes' | 'inodes_used' | 'inodes_used_percent'> & {
  readonly type?: string;
  /** Where the table counts them too. */
  readonly inodes?: { readonly total: number; readonly used: number };
};

const maxLine = 8192;
/** Nobody's titles are longer, and a long line would be tried from each of its words. */
const maxHead = 512;

/** In any language: a name that ends in `%`, or the size of a block. */
const heads =
  /^(?:Filesystem\s|Mounted on\s|\p{L}.* \p{L}+\.?% |\p{L}.* \d{1,8}[kKMGT]?B?-\p{L}+ |\p{L}[^:/]* \d{1,8}[kKMGT]?B? [^:/]*$)/u;

/**
 * The rows of `df -P -k` in bytes, and of `df` with other block sizes, with rounded ones (`-h`), with types (`-T`), with the
 * columns that somebody asked for (`--output`), in other languages, or with the columns of inodes that macOS has; null
 * where there is no table with sizes of a known unit. Devices and mount points may hold spaces.
 */
export function parseDf(text: string): DfRow[] | null {
  const lines = text.split('\n').map((line) => line.trimEnd().slice(0, maxLine));
  const at = lines.findIndex((line) => line.length <= maxHead && heads.test(line));
  const head = lines[at] ?? '';
  const pattern = at < 0 ? null : rowPattern(head);
  const block = /(?:^| )(\d{1,8})([kKMGT]?)(B?)(?:-\S+)? /.exec(head);
  if (pattern === null || (block === null && /-blocks? /.test(head))) return null;
  const [, blocks, letter = '', thousands] = block ?? [null, 1, 'K'];
  const unit = Number(blocks) * (thousands ? 1000 : 1024) ** ' KMGT'.indexOf(letter.toUpperCase() || ' ');
  const rows = unwrapped(lines.slice(at + 1)).map((line) => pattern.exec(line)?.groups);
  const found = rows.filter((cells) => cells !== undefined);
  if (found.length === 0 && rows.length > 0) return null;
  // Only `-H`, which counts in thousands, prints a small k.
  const isOfThousands = found.some(({ size, used, available }) => `${size}${used}${available}`.includes('k'));
  return found.map(({ device = '', mount = '', type, inodes, iused, ...sizes }) => {
    const bytes = (name: string) => bytesOf(sizes[name] ?? '', unit, isOfThousands ? 1000 : 1024);
    const one = row(device, mount, bytes('size'), bytes('used'), Math.max(0, bytes('available')));
    const counted = { total: Number(inodes), used: Number(iused) };
    return { ...one, ...(type !== undefined && { type }), ...(counted.total > 0 && { inodes: counted }) };
  });
}

const cell = String.raw`-?\d{1,16}(?:[.,]\d)?[kKMGTPE]?i?B?|-`;
const [count, percent] = [String.raw`(?:[\d.]+\S?|-)`, String.raw`(?:\d+%|-)`];
const words = (first: string) => String.raw`${first}\S*(?: \S+){0,8}?`;

/** What stands below each title; titles of other columns than these are those of another table. */
const columns: readonly (readonly [title: RegExp, cells: string])[] = [
  [/^Filesystem$/, `(?<device>${words(String.raw`(?=\S)`)})`],
  [/^Type$/, String.raw`(?<type>\S+)`],
  [/^(?:Size|\d+\S*-blocks)$/, `(?<size>${cell})`],
  [/^Used$/, `(?<used>${cell})`],
  [/^Avail(?:able)?$/, `(?<available>${cell})`],
  [/^(?:Use%|Capacity|IUse%|%iused)$/, percent],
  [/^Inodes$/, String.raw`(?<inodes>\d{1,15}|-)`],
  [/^IUsed$/, String.raw`(?<iused>\d{1,15}|-)`],
  [/^(?:IFree|iused|ifree)$/, count],
  [/^File$/, words(String.raw`(?=\S)`)],
  [/^Mounted on$/, `(?<mount>${words('/')})`],
];
const needed = ['device', 'size', 'used', 'available', 'mount'];

/** How rows below that head look: by its titles, or, where it speaks another language, by the order that they have without options. */
function rowPattern(head: string): RegExp | null {
  const titles = head.trim().split(/ +(?!on\b)/);
  const named = titles.map((title) => columns.find(([known]) => known.test(title))?.[1]);
  const isEnglish = named.every((cells) => cells !== undefined);
  if (!isEnglish && / Inodes | I\p{L}+\.?% /u.test(head)) return null;
  const typed = /^\S+ +Typ[eo]? /.test(head) ? [String.raw`(?<type>\S+)`] : [];
  const inOrder = ['Filesystem', 'Size', 'Used', 'Avail', 'Use%', 'Mounted on'].map(
    (title) => columns.find(([known]) => known.test(title))?.[1] as string,
  );
  const cells = isEnglish ? named : [inOrder[0], ...typed, ...inOrder.slice(1)];
  const pattern = `^${cells.join(' +')}$`;
  return needed.every((name) => pattern.includes(`<${name}>`)) ? new RegExp(pattern) : null;
}

/** Without `-P` a long device has a line of its own. */
function unwrapped(lines: readonly string[]): string[] {
  const whole: string[] = [];
  let device = '';
  for (const line of lines.filter((one) => one !== '')) {
    const isAlone = !/\s/.test(line);
    if (!isAlone) whole.push(/^\s/.test(line) ? device + line : line);
    device = isAlone ? line : '';
  }
  return whole;
}

/** `20642428` blocks, or what has a unit of its own: `7.5G`, `466Gi`, `0B`; `MB` are thousands. */
function bytesOf(cell: string, unit: number, step: number): number {
  const [, digits = '0', letter = '', thousands] = /^(-?[\d.,]+)([kKMGTPEB]?)(B?)/.exec(cell) ?? [];
  const number = Number(digits.replace(',', '.'));
  if (letter === '') return number * unit;
  return Math.round(number * (thousands ? 1000 : step) ** 'BKMGTPE'.indexOf(letter.toUpperCase()));
}

function row(device: string, mount: string, size: number, used: number, available: number): DfRow {
  return {
    device,
    mount,
    size_bytes: size,
    used_bytes: used,
    available_bytes: available,
    used_percent: used + available > 0 ? (100 * used) / (used + available) : null,
  };
}
