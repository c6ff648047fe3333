import { createStore, useStore } from 'zustand';
import { link } from '../api/rackside.ts';

export interface LinkStatus {
  /** Calls are answered. */
  readonly up: boolean;
  /** Down for longer than a blink: what is on screen is from before. */
  readonly lost: boolean;
  /** Failures in a row. */
  readonly attempt: number;
}

/** A link that is back within this says nothing. */
const blinkMs = 400;

export const linkStore = createStore<LinkStatus>(() => ({ up: false, lost: false, attempt: 0 }));

/** Keeps the store at what the page's connection to Rackside is, until the signal aborts. */
export function watchLink(signal: AbortSignal): void {
  let blink: ReturnType<typeof setTimeout> | undefined;
  function read(): void {
    const state = link.state();
    if (state.state === 'down') {
      blink ??= setTimeout(() => linkStore.setState({ lost: true }), blinkMs);
      linkStore.setState({ up: false, attempt: state.attempt });
      return;
    }
    clearTimeout(blink);
    blink = undefined;
    linkStore.setState({ up: state.state === 'up', lost: false, attempt: 0 });
  }
  const forget = link.onState(read);
  signal.addEventListener('abort', () => {
    forget();
    clearTimeout(blink);
  });
  read();
}

/** How the page's own connection to Rackside is. */
export function useLink<Value>(select: (status: LinkStatus) => Value): Value {
  return useStore(linkStore, select);
}

/** True while the page has lost Rackside: nothing that it shows is known to hold now. */
export function useLost(): boolean {
  return useLink(({ lost }) => lost);
}
