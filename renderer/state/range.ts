import { createStore, useStore } from 'zustand';

export interface Span {
  readonly from: number;
  readonly to: number;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export const presets = [
  { name: '15 min', ms: 15 * minute },
  { name: '1 h', ms: hour },
  { name: '6 h', ms: 6 * hour },
  { name: '24 h', ms: day },
  { name: '7 d', ms: 7 * day },
  { name: '30 d', ms: 30 * day },
  { name: '90 d', ms: 90 * day },
  { name: '1 y', ms: 365 * day },
  { name: '2 y', ms: 730 * day },
] as const;
export type PresetName = (typeof presets)[number]['name'];

export interface Range {
  readonly preset: PresetName;
  /** What was zoomed to; null: the preset, which follows the clock (or the whole dump in a replay). */
  readonly zoom: Span | null;
}

export const rangeStore = createStore<Range>(() => ({ preset: '15 min', zoom: null }));

export function choosePreset(preset: PresetName): void {
  rangeStore.setState({ preset, zoom: null });
}

export function zoomTo(zoom: Span | null): void {
  rangeStore.setState({ zoom: zoom === null ? null : widened(zoom) });
}

/** A drag of a few pixels still shows ten seconds: less than that holds no line. */
export function widened({ from, to }: Span, leastMs = 10_000): Span {
  if (to - from >= leastMs) return { from, to };
  const middle = (from + to) / 2;
  return { from: middle - leastMs / 2, to: middle + leastMs / 2 };
}

/** Half or twice the span around an instant that stays where it is. */
export function zoomedAround(span: Span, at: number, factor: number): Span {
  return widened({ from: at - (at - span.from) * factor, to: at + (span.to - at) * factor });
}

/** The same width by half of itself earlier (-1) or later (1). */
export function movedSpan({ from, to }: Span, direction: -1 | 1): Span {
  const by = (direction * (to - from)) / 2;
  return { from: from + by, to: to + by };
}

/** A preset's span that ends at the clock, moving in steps of about a pixel so that charts rest between them. */
export function presetSpan(preset: PresetName, now: number): Span {
  const ms = presets.find(({ name }) => name === preset)?.ms ?? hour;
  const step = Math.max(2000, ms / 600);
  const to = Math.ceil(now / step) * step;
  return { from: to - ms, to };
}

export function useRange(): Range {
  return useStore(rangeStore);
}
