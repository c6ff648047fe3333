import type { ReactNode } from 'react';
import { visible } from '../../../../main/domain/present/words.ts';
import { Traced, type Tracing } from '../../../parts/traced.tsx';

interface CardProps {
  readonly name: string;
  /** The gauge's number: it is told with the button, so that who moves by Tab hears it. */
  readonly value: string;
  readonly onOpen: (() => void) | null;
  readonly gauge: ReactNode;
  /** Why there is no value; null where there is one, or nothing is known about why not. */
  readonly reason: string | null;
  /** What it would be the value of. */
  readonly reading: Tracing['path'];
  readonly children: ReactNode;
}

/** A gauge opens exactly while there is something behind it; then its button is as large as the card. */
export function GaugeCard({ name, value, onOpen, gauge, reason, reading, children }: CardProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div className={onOpen === null ? 'gauge' : 'gauge gauge-opens'} role="group" aria-label={name}>
      <span className="gauge-dial">
        {gauge}
        {onOpen !== null && (
          <button type="button" className="gauge-open" onClick={onOpen}>
            <span className="unseen">
              {value}, {name}: show{' '}
            </span>
            processes <span aria-hidden="true">›</span>
          </button>
        )}
      </span>
      <span className="gauge-side">
        <span className="gauge-name">{name}</span>
        {reason === null ? (
          children
        ) : (
          <span className="gauge-reason">
            <Traced path={reading}>{visible(reason, 160)}</Traced>
          </span>
        )}
      </span>
    </div>
  );
}

interface LineProps {
  readonly label: string;
  readonly value: string;
  readonly from: Tracing;
  readonly tone?: string;
}

export function GaugeLine({ label, value, from, tone }: LineProps) {
  return (
    <span className="gauge-line">
      <span className="gauge-label">
        {tone !== undefined && <span className={`swatch fill-${tone}`} />}
        {label}
      </span>
      <Traced {...from} className="number">
        {value}
      </Traced>
    </span>
  );
}
