import { csvRows } from '../../main/domain/present/csv.ts';
import { formatCount } from '../../main/domain/present/units.ts';
import type { ChartTable } from './chart-table.ts';
import { saveBlob } from './dump/save-blob.ts';
import { toast } from './toasts.ts';

/** Saves what the charts show under a name of ours; the host's own is its text, and no file name. */
export function saveCharts({ columns, rows }: ChartTable, format: 'csv' | 'json'): void {
  const text =
    format === 'csv'
      ? csvRows([columns, ...rows])
      : `${JSON.stringify(
          rows.map((row) => Object.fromEntries(row.map((cell, index) => [columns[index], cell]))),
          null,
          1,
        )}\n`;
  saveBlob(new Blob([text], { type: format === 'csv' ? 'text/csv' : 'application/json' }), `charts.${format}`);
  toast(`${formatCount(rows.length)} instants of the charts are saved.`);
}
