interface Inodes {
  readonly total: number;
  readonly used: number;
}

/**
 * Inodes by mount point, out of `df -i` as GNU, busybox and macOS print it, wrapped rows too. What makes its inodes as
 * it needs them (btrfs, vfat, APFS) says 0, `-` or more than there can be, and is not in here.
 */
export function parseInodes(text: string): ReadonlyMap<string, Inodes> {
  const found = new Map<string, Inodes>();
  let isOfMac = false;
  // A long device has a line of its own; its numbers follow on the next one that is not empty.
  for (const line of text.split(/\r?\n/)) {
    if (/^Filesystem\s/.test(line)) isOfMac = /\bifree\b.*%iused/.test(line);
    const row = (isOfMac ? macRow : unixRow).exec(line.slice(0, 8192));
    if (row === null) continue;
    const [first, second, third] = row.slice(1, 4).map((field) => (field === '-' ? 0 : Number(field)));
    const used = (isOfMac ? first : second) as number;
    const total = isOfMac ? used + (second as number) : (first as number);
    const free = isOfMac ? (second as number) : (third as number);
    if (total > 0 && used <= total && Number.isSafeInteger(total + free)) found.set(row[4] as string, { total, used });
  }
  return found;
}

const unixRow = /\s(\d{1,20}|-) +(\d{1,20}|-) +(-?\d{1,20}|-) +(?:\d{1,20}%|-) +(\/.*)$/;
const macRow = / \d{1,20}% +(\d{1,20}) +(\d{1,20})( +)\d{1,20}% +(\/.*)$/;
