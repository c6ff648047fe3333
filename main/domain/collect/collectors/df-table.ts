import type { SampleData } from '../../../contract/samples.ts';

type Filesystem = NonNullable<SampleData['filesystems']>['list'][number];

export type DfRow = Omit<Filesystem, 'type'> & { readonly type?: string };

const maxLine = 8192;

/**
 * The rows of `df -P -k` in bytes, and of `df` with other block sizes, with rounded ones (`-h`), with types (`-T`), in other
 * languages, or with the columns of inodes that macOS has; null where there is no table, or one of inodes. Devices and
 * mount points may hold spaces.
 */
export function parseDf(text: string): DfRow[] | null {
  const lines = text.split('\n').map((line) => line.trimEnd().slice(0, maxLine));
  const at = lines.findIndex((line) => heads.test(line));
  const head = lines[at] ?? '';
  if (at < 0 || / Inodes | I\p{L}+\.?% /u.test(head)) return null;
  const block = / (\d{1,8})([kKMG]?)(B?)(?:-\S+)? /.exec(head);
  const [, blocks, letter = '', thousands] = block ?? [null, 1, 'K'];
  const unit = Number(blocks) * (thousands ? 1000 : 1024) ** ' KMG'.indexOf(letter.toUpperCase() || ' ');
  const [typed, counted] = [/^\S+ +Typ[eo]? /.test(head), / iused /.test(head)];
  const size = '(-?\\d{1,16}(?:[.,]\\d)?[kKMGTPE]?i?B?|-)';
  const pattern = new RegExp(
    `^(\\S+(?: \\S+){0,8}?)${typed ? ' +(\\S+)' : '()'} +${size} +${size} +${size} +(?:\\d+%|-)${counted ? ' +[\\d.]+\\S? +[\\d.]+\\S? +(?:\\d+%|-)' : ''} +(/.*)$`,
  );
  const rows = unwrapped(lines.slice(at + 1)).map((line) => pattern.exec(line));
  const found = rows.filter((match) => match !== null);
  if (found.length === 0 && rows.length > 0) return null;
  // Only `-H`, which counts in thousands, prints a small k.
  const step = found.some((match) => match.slice(3, 6).some((cell) => cell.includes('k'))) ? 1000 : 1024;
  return found.map((match) => {
    const [total = 0, used = 0, available = 0] = match.slice(3, 6).map((cell) => bytesOf(cell, unit, step));
    const one = row(match[1] as string, match[6] as string, total, used, Math.max(0, available));
    return typed ? { ...one, type: match[2] as string } : one;
  });
}

/** In any language: a name that ends in `%`, or the size of a block. */
const heads = /^(?:Filesystem\s|\p{L}.* \p{L}+\.?% |\p{L}.* \d{1,8}[kKMG]?B?-\p{L}+ )/u;

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
