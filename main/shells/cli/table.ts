/** Rows as aligned text, two spaces between columns; columns named in `right` are aligned to the right. */
export function formatTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): string {
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  const lines = all.map((row) =>
    widths
      .map((width, column) => {
        const cell = row[column] ?? '';
        return right.includes(column) ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}

/** The same, or null where there is no row. */
export function rowsTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): string | null {
  return rows.length === 0 ? null : formatTable(header, rows, right);
}

export function yesOrNo(flag: boolean | null): string {
  return flag === null ? 'unknown' : flag ? 'yes' : 'no';
}
