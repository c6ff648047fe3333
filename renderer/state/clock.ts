import { createStore, useStore } from 'zustand';

/** The console's clock, in milliseconds since the epoch; ages are measured by it and not by this page's clock. */
export const clockStore = createStore<{ now: number }>(() => ({ now: Date.now() }));

const secondMs = 1000;
/** News that comes this much earlier or later than a tick is drawn with it, in one frame. */
const slackMs = { earlier: 100, later: 250 } as const;

let offsetMs = 0;
/** While the clock runs. `at` is by this page's clock. */
let moved: { readonly at: number; readonly withNews: boolean } | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

export function consoleNow(): number {
  return Date.now() + offsetMs;
}

/**
 * Takes the console's word for what time it is. It comes with news of hosts, which are drawn anyway: a tick that is
 * about to come is taken along, and where news comes every second, the next one waits for it.
 */
export function setConsoleNow(now: number): void {
  offsetMs = now - Date.now();
  if (moved !== null && (!moved.withNews || Date.now() - moved.at >= secondMs - slackMs.earlier)) move(true);
}

/** Moves the clock's store every second, with news where there are, until the signal aborts. */
export function runClock(signal: AbortSignal): void {
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    moved = null;
  });
  move(false);
}

function move(withNews: boolean): void {
  moved = { at: Date.now(), withNews };
  clockStore.setState({ now: consoleNow() });
  clearTimeout(timer);
  timer = setTimeout(() => move(false), secondMs + (withNews ? slackMs.later : 0));
}

/** A value computed from the clock; draws again only when that value changes. */
export function useClock<Value>(select: (now: number) => Value): Value {
  return useStore(clockStore, (state) => select(state.now));
}

/** Minutes that this page's time zone is ahead of UTC at an instant. */
export function zoneAt(at: number): number {
  return -new Date(at).getTimezoneOffset();
}
