import { useEffect } from 'react';
import { dialogStore } from '../../state/dialogs.ts';
import { sourceStore } from '../../state/source-question.ts';
import { createKeyReader, pressOf } from './actions/key-reader.ts';
import { actions } from './actions/registry.ts';

/** A slider and a check box are inputs too, and take no letters. */
const takesText = 'input:not([type="range"], [type="checkbox"]), textarea, select, [contenteditable]';

/** True where a key is text for what has the focus, and no command. */
export function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest(takesText) !== null;
}

const pressed = 'a, button, summary, input';

/** True where Space is for what has the focus: it is pressed with it. */
function heldBy({ target, key }: KeyboardEvent): boolean {
  return key === ' ' && target instanceof HTMLElement && target.closest(pressed) !== null;
}

/** Leads out of a field too: it is no key that writes. */
const evenWhileTyping = 'go.palette';

/** The page-wide keys; they rest while a dialog is open or something is being typed. */
export function useKeys(): void {
  useEffect(() => {
    const read = createKeyReader(actions);
    function onKey(event: KeyboardEvent): void {
      if (event.defaultPrevented || dialogStore.getState().dialog !== null) return;
      if (sourceStore.getState().question !== null) return;
      const action = read(pressOf(event));
      if (action === null || !action.when() || heldBy(event)) return;
      if (action.id !== evenWhileTyping && typing(event.target)) return;
      event.preventDefault();
      action.run();
    }
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
