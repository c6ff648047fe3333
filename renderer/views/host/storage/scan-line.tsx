import { Fragment } from 'react';
import type { PoolScan } from '../../../../main/contract/storage.ts';
import { scanParts } from '../../../../main/domain/present/scan-words.ts';
import { visible } from '../../../../main/domain/present/words.ts';
import { Bar } from '../../../parts/bar.tsx';
import { Traced } from '../../../parts/traced.tsx';
import type { ReadingPath } from '../../../state/source-question.ts';

interface ScanLineProps {
  readonly scan: PoolScan | null;
  /** Of the pool. */
  readonly path: ReadingPath;
  readonly now: number;
}

/** The scrub or resilver that runs, or ran last. */
export function ScanLine({ scan, path, now }: ScanLineProps) {
  if (scan === null) return null;
  const running = scan.state === 'running' || scan.state === 'paused';
  return (
    <p className="pool-scan">
      {running && <Bar percent={scan.progress_percent} level="ok" />}
      <span>
        {scanParts(scan, now).map(({ key, text }, index) => (
          <Fragment key={key}>
            {index > 0 && <span className="faint"> · </span>}
            <Traced path={[...path, 'scan', key]}>{visible(text, 120)}</Traced>
          </Fragment>
        ))}
      </span>
    </p>
  );
}
