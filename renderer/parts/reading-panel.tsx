import type { ReactNode } from 'react';
import type { Sample, SampleData } from '../../main/contract/samples.ts';
import { problemWords, visible } from '../../main/domain/present/words.ts';
import { Traced, TracedFrom } from './traced.tsx';

interface ReadingPanelProps {
  readonly id: string;
  readonly title: string;
  /** Which collector tells it. */
  readonly collector: keyof SampleData;
  readonly sample: Sample | null;
  /** Beside the title: how many, or how old. */
  readonly aside?: ReactNode;
  readonly past: boolean;
  readonly children: ReactNode;
}

/** What one collector tells; where the host did not tell it, the reason stands in its place. Its numbers are `Traced`. */
export function ReadingPanel({ id, title, collector, sample, aside, past, children }: ReadingPanelProps) {
  const told = sample?.data[collector] != null;
  return (
    <section className="panel" data-past={past} aria-labelledby={id}>
      <h2 id={id}>
        {title} {aside}
      </h2>
      <TracedFrom sample={sample}>
        {told ? (
          children
        ) : (
          <p className="hint">
            <Traced path={[collector]}>
              {visible(problemWords(sample?.data ?? null, collector) ?? 'Not read yet.', 300)}
            </Traced>
          </p>
        )}
      </TracedFrom>
    </section>
  );
}
