import { createStore, useStore } from 'zustand';

/** The console's clock, in milliseconds since the epoch; ages are measured by it and not by this page's clock. */
export const clockStore = createStore<{ now: number }>(() => ({ now: Date.now() }));

let offsetMs = 0;

export function consoleNow(): number {
  return Date.now() + offsetMs;
}

/** Takes the console's word for what time it is. */
export function setConsoleNow(now: number): void {
  offsetMs = now - Date.now();
}

/** Moves the clock's store once a second, at the full second, until the signal aborts. */
export function runClock(signal: AbortSignal): void {
  function tick(): void {
    if (signal.aborted) return;
    const now = consoleNow();
    clockStore.setState({ now });
    setTimeout(tick, 1000 - (now % 1000));
  }
  tick();
}

/** A value computed from the clock; draws again only when that value changes. */
export function useClock<Value>(select: (now: number) => Value): Value {
  return useStore(clockStore, (state) => select(state.now));
}

/** Minutes that this page's time zone is ahead of UTC at an instant. */
export function zoneAt(at: number): number {
  return -new Date(at).getTimezoneOffset();
}
