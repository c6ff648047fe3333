import type { ReactNode } from 'react';
import { Icon } from '../../parts/icon.tsx';
import { foldChart } from '../../state/chart-folds.ts';

interface ChartFrameProps {
  readonly id: string;
  readonly name: string;
  readonly open: boolean;
  /** The lowest chart of a stack carries the times. */
  readonly last: boolean;
  /** It holds more than one picture. */
  readonly tall?: boolean;
  /** Beside the name: what the chart says at the cursor. */
  readonly readout: ReactNode;
  readonly children: ReactNode;
}

/** A chart's head, which opens and shuts it, and its picture. */
export function ChartFrame({ id, name, open, last, tall = false, readout, children }: ChartFrameProps) {
  return (
    <figure className={last ? 'chart chart-last' : 'chart'} aria-label={`${name} history`}>
      <figcaption className="chart-head">
        <button
          type="button"
          className="chart-fold"
          aria-expanded={open}
          title={open ? 'Hide this chart' : 'Show this chart'}
          onClick={() => foldChart(id, !open)}
        >
          <Icon name={open ? 'down' : 'right'} />
          {name}
        </button>
        {open && readout}
      </figcaption>
      {open && <div className={tall ? 'chart-body chart-body-tall' : 'chart-body'}>{children}</div>}
    </figure>
  );
}
