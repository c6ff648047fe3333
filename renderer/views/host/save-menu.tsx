import { Menu } from '../../parts/menu.tsx';
import type { ChartData } from '../../state/chart-data.ts';
import { chartTable } from '../../state/chart-table.ts';
import { saveCharts } from '../../state/save-charts.ts';
import type { ChartFamily } from './chart-families.ts';

/** By the chart; what is not here has no unit. */
const units: Readonly<Record<string, string>> = {
  ...{ cpu: 'percent', pressure: 'percent', busy: 'percent', memory: 'bytes' },
  ...{ network: 'bytes per second', disk: 'bytes per second', temperature: 'degrees Celsius', fans: 'rpm', cost: 'ms' },
};

/** Saves the values that the open charts show, as they are shown. */
export function SaveMenu({ data, families }: { data: ChartData; families: readonly ChartFamily[] }) {
  const save = (format: 'csv' | 'json') => () => {
    const unitOf = (reading: string) => {
      const family = families.find(({ lines }) => lines.some((line) => line.reading === reading));
      return units[family?.id ?? ''] ?? null;
    };
    const readings = families.flatMap(({ lines }) => lines.map(({ reading }) => reading));
    saveCharts(chartTable(data, readings, unitOf), format);
  };
  return (
    <Menu
      className="button button-small charts-save"
      disabled={data.points.length === 0}
      items={[
        { label: 'As CSV', detail: 'For a spreadsheet', run: save('csv') },
        { label: 'As JSON', run: save('json') },
      ]}
    >
      Save
    </Menu>
  );
}
