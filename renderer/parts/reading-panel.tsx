import type { ReactNode } from 'react';
import type { Sample, SampleData } from '../../main/contract/samples.ts';
import { problemWords, visible } from '../../main/domain/present/words.ts';
import { copyText } from '../state/copy-text.ts';
import { IconButton } from './icon-button.tsx';
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

/**
 * What one collector tells; where the host did not tell it, the reason stands in its place, and the line that would mend
 * it. Its numbers are `Traced`. Its heading takes the focus of who jumps to it.
 */
export function ReadingPanel({ id, title, collector, sample, aside, past, children }: ReadingPanelProps) {
  const told = sample?.data[collector] != null;
  return (
    <section className="panel" data-past={past} aria-labelledby={id}>
      <h2 id={id} tabIndex={-1}>
        {title} {aside}
      </h2>
      <TracedFrom sample={sample}>{told ? children : <NotTold sample={sample} collector={collector} />}</TracedFrom>
    </section>
  );
}

/** Why a reading is not there, and the privilege that would bring it. */
export function NotTold({ sample, collector }: Pick<ReadingPanelProps, 'sample' | 'collector'>) {
  const remedy = sample?.data.problems[collector]?.remedy;
  return (
    <>
      <p className="hint">
        <Traced path={[collector]}>
          {visible(problemWords(sample?.data ?? null, collector) ?? 'Not read yet.', 300)}
        </Traced>
      </p>
      {remedy !== undefined && <Remedy line={remedy} />}
    </>
  );
}

function Remedy({ line }: { line: string }) {
  return (
    <div className="remedy">
      <span className="faint">This line in the host's sudoers brings it:</span>
      <code className="selectable">{visible(line, 2000)}</code>
      <IconButton
        icon="copy"
        quiet
        label="Copy the line for sudoers"
        onClick={() => copyText('Line for sudoers', line)}
      />
    </div>
  );
}
