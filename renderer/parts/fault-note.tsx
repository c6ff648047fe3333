import type { ReactNode } from 'react';
import type { Fault } from '../../main/contract/faults.ts';
import { faultStep, faultWords, visible } from '../../main/domain/present/words.ts';
import { Icon } from './icon.tsx';

/** A fault: which step failed and what to do about it, with the actions that fit. */
export function FaultNote({ fault, children }: { fault: Fault; children?: ReactNode }) {
  const { text, command } = faultWords(fault);
  return (
    <div className="note note-bad" role="alert">
      <Icon name="warn" />
      <div className="note-text">
        <strong>Failed at: {faultStep(fault)}</strong>
        <p className="selectable">{visible(text, 2000)}</p>
        {command !== null && <code className="note-command selectable">{visible(command, 2000)}</code>}
      </div>
      {children !== undefined && <div className="note-actions">{children}</div>}
    </div>
  );
}
