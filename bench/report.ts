/** One thing measured, with the bar it is held against and the rival that was measured in the same run. */
export interface Figure {
  readonly bench: string;
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
  /** Not to be exceeded; null where a figure is only told. */
  readonly bar: number | null;
  readonly rival: { readonly name: string; readonly value: number } | null;
}

/** Takes a figure as soon as it is measured. */
export type Report = (figure: Figure) => void;

/** Whether a figure keeps its bar; null where it has none. */
export function holds({ value, bar }: Figure): boolean | null {
  return bar === null ? null : value <= bar;
}

/** One line of JSON, for scripts. */
export function asJson(figure: Figure): string {
  const { bench, figure: name, value, unit, bar, rival } = figure;
  return JSON.stringify({
    bench,
    figure: name,
    value: rounded(value),
    unit,
    bar,
    holds: holds(figure),
    rival: told(rival),
  });
}

/** An aligned table, for people. */
export function asTable(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.bench,
    figure.figure,
    `${rounded(figure.value)} ${figure.unit}`,
    figure.bar === null ? '' : `≤ ${figure.bar}`,
    { true: 'holds', false: 'MISSED', null: '' }[String(holds(figure))] ?? '',
    figure.rival === null ? '' : `${figure.rival.name}: ${rounded(figure.rival.value)}`,
  ]);
  const table = [['bench', 'figure', 'value', 'bar', '', 'rival'], ...rows];
  const widths = [0, 1, 2, 3, 4, 5].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const isNumber = (column: number) => column === 2 || column === 3;
  return table
    .map((row) =>
      row
        .map((cell, column) =>
          isNumber(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Three figures are more than any of these measurements is exact to. */
function rounded(value: number): number {
  return value === 0 ? 0 : Number(value.toPrecision(3));
}

function told(rival: Figure['rival']): Figure['rival'] {
  return rival === null ? null : { name: rival.name, value: rounded(rival.value) };
}
