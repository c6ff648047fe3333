import type { ReactNode } from 'react';
import type { Fault } from '../../main/contract/faults.ts';
import { faultStep, visible } from '../../main/domain/present/words.ts';
import { Icon } from './icon.tsx';

/** A fault: which step failed and what to do about it, with the actions that fit. */
export function FaultNote({ fault, children }: { fault: Fault; children?: ReactNode }) {
  return (
    <div className="note note-bad" role="alert">
      <Icon name="warn" />
      <div className="note-text">
        <strong>Failed at: {faultStep(fault)}</strong>
        <p>{visible(fault.message, 2000)}</p>
      </div>
      {children !== undefined && <div className="note-actions">{children}</div>}
    </div>
  );
}
