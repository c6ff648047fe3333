import { useEffect } from 'react';
import { dialogStore, openDialog } from '../../state/dialogs.ts';
import { go } from '../../state/route.ts';

/** Every key of the page, as the list of keys shows them. */
export const keyList: readonly (readonly [keys: string, what: string])[] = [
  ['a', 'Add a host'],
  ['/', 'Filter the fleet'],
  ['Ctrl K', 'Go to a host'],
  ['g f', 'Fleet'],
  ['g d', 'Diagnostics'],
  ['↑ ↓ Enter', 'Move in the list of hosts, open one'],
  ['p', 'Processes of the host shown'],
  ['← →', 'On a chart: move the time cursor (Shift: faster); in past processes: previous and next sample'],
  ['Enter', 'On a chart: hold the cursor, and offer the processes of that instant'],
  ['+ − 0', 'On a chart: zoom in, out, reset; dragging zooms too'],
  ['Esc', 'Let go of the cursor; close a dialog'],
  ['?', 'These keys'],
];

/** True where a key is text for what has the focus, and no command. */
export function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null;
}

/** The page-wide keys; they rest while a dialog is open or something is being typed. */
export function useKeys(): void {
  useEffect(() => {
    let goPressed = 0;
    function onKey(event: KeyboardEvent): void {
      if (dialogStore.getState().dialog !== null) return;
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        openDialog({ kind: 'switch' });
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
      const afterGo = event.timeStamp - goPressed < 1200;
      goPressed = event.key === 'g' ? event.timeStamp : 0;
      if (afterGo && event.key === 'f') go({ view: 'fleet' });
      else if (afterGo && event.key === 'd') go({ view: 'diagnostics' });
      else if (event.key === 'a') openDialog({ kind: 'add', editHostId: null });
      else if (event.key === '/') document.getElementById('fleet-filter')?.focus();
      else if (event.key === '?') openDialog({ kind: 'keys' });
      else return;
      event.preventDefault();
    }
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
