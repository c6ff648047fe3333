import { useRef, useState } from 'react';
import type { Process } from '../../main/contract/samples.ts';
import { heldRows, type ProcessRow } from './process-table.ts';

export interface HeldRows {
  readonly rows: readonly ProcessRow[];
  /** Rows keep their places while somebody points at one or has the focus on one. */
  readonly held: boolean;
  /** For the element that holds the rows. */
  readonly handlers: {
    onPointerEnter(): void;
    onPointerLeave(): void;
    onFocus(): void;
    onBlur(event: React.FocusEvent): void;
  };
}

/** The rows to draw. `question` is what was asked for: another order, filter or instant is another list, and is not held. */
export function useHeldRows(list: readonly Process[], rows: readonly Process[], question: string): HeldRows {
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  const before = useRef<{ question: string; rows: readonly ProcessRow[] }>({ question, rows: [] });
  const held = (pointed || focused) && before.current.question === question && before.current.rows.length > 0;
  const drawn = held
    ? heldRows(before.current.rows, list, rows)
    : rows.map((process): ProcessRow => ({ process, gone: false }));
  before.current = { question, rows: drawn };
  return {
    rows: drawn,
    held,
    handlers: {
      onPointerEnter: () => setPointed(true),
      onPointerLeave: () => setPointed(false),
      onFocus: () => setFocused(true),
      onBlur: (event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setFocused(false);
      },
    },
  };
}
