import type { ReactNode } from 'react';
import type { HostView } from '../../../main/contract/hosts.ts';
import type { Sample, SampleData } from '../../../main/contract/samples.ts';
import { formatCount } from '../../../main/domain/present/units.ts';
import { ShownAge } from '../../parts/data-age.tsx';
import { ReadingPanel } from '../../parts/reading-panel.tsx';
import { Traced, TracedFrom, type Tracing } from '../../parts/traced.tsx';
import { instantOf, usePastThere } from '../../state/freshness.ts';
import { useKindSeconds } from '../../state/settings.ts';

interface SlowPanelProps {
  readonly view: HostView;
  readonly id: string;
  readonly title: string;
  readonly collector: keyof SampleData;
  readonly sample: Sample | null;
  /** How many there are, and where that comes from; none where it says nothing. */
  readonly count?: number | null;
  readonly counted?: Tracing;
  readonly children: ReactNode;
}

/** A panel of what is asked every few minutes, twice an hour or once a day: it tells its own age, which is not the page's. */
export function SlowPanel({ view, id, title, collector, sample, count = null, counted, children }: SlowPanelProps) {
  const kind = sample?.kind ?? 'medium';
  const kindSeconds = useKindSeconds(kind);
  const cadenceSeconds = kind === 'fast' ? view.cadenceSeconds : kindSeconds;
  const watched = { connection: view.connection, cadenceSeconds };
  const at = instantOf(sample);
  const past = usePastThere(watched, at);
  return (
    <ReadingPanel
      id={id}
      title={title}
      collector={collector}
      sample={sample}
      past={past}
      aside={
        <>
          {count !== null && count > 0 && counted !== undefined && (
            <TracedFrom sample={sample}>
              <Traced {...counted} className="faint number">
                {formatCount(count)}
              </Traced>
            </TracedFrom>
          )}
          <ShownAge view={watched} at={at} />
        </>
      }
    >
      {children}
    </ReadingPanel>
  );
}
