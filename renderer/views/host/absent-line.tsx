import { Fragment } from 'react';
import type { Sample } from '../../../main/contract/samples.ts';
import type { AbsentPanel } from '../../../main/domain/present/host-panels.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { Traced, TracedFrom } from '../../parts/traced.tsx';
import { sampleWith } from '../../state/reading-sample.ts';

interface AbsentLineProps {
  readonly absent: readonly AbsentPanel[];
  readonly rounds: readonly (Sample | null)[];
}

/** What this host has nothing of, in one line; each of them answers by what that is known. */
export function AbsentLine({ absent, rounds }: AbsentLineProps) {
  if (absent.length === 0) return null;
  return (
    <section className="absent-line faint" aria-label="Not on this host">
      Not on this host:{' '}
      {absent.map(({ id, title, collector, reason }, index) => (
        <Fragment key={id}>
          {index > 0 && ', '}
          <TracedFrom sample={sampleWith(collector, rounds)}>
            <span title={visible(reason, 200)}>
              <Traced path={[collector]}>{title}</Traced>
            </span>
          </TracedFrom>
        </Fragment>
      ))}
      .
    </section>
  );
}
