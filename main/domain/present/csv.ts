/** A cell: text as it is, a number, or nothing where it is not known. */
export type Cell = string | number | boolean | null;

/** What a spreadsheet takes for the beginning of a formula, which a host could have chosen. */
const beginsFormula = /^[=+\-@\t\r]/;

/**
 * Rows as CSV (RFC 4180, lines end with CR LF). Text that a spreadsheet would compute gets an apostrophe before it, as
 * OWASP advises; numbers are never text.
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csvRows(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}

function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const safe = beginsFormula.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) || safe !== cell ? `"${safe.replaceAll('"', '""')}"` : safe;
}
