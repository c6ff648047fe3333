import { createStore, useStore } from 'zustand';
import { formatDuration } from '../../main/domain/present/units.ts';
import type { Span } from './range.ts';

/** What the charts show beside what is looked at: the same host at another time, or another host. */
export type Comparison =
  | { readonly kind: 'none' }
  /** So much earlier; later where it is negative. */
  | { readonly kind: 'before'; readonly ms: number }
  /** Drawn so much later than it was: 0 is at the same time. */
  | { readonly kind: 'host'; readonly hostId: string; readonly laterMs: number };

const hour = 3_600_000;

/** Periods that are offered by name. */
export const periods = [
  { name: '1 h before', ms: hour },
  { name: '24 h before', ms: 24 * hour },
  { name: '7 days before', ms: 7 * 24 * hour },
  { name: '30 days before', ms: 30 * 24 * hour },
] as const;

/** So that two recordings begin at the same place; null where one of them holds nothing. */
export function fromBeginnings(ours: number | null, theirs: number | null): number | null {
  return ours === null || theirs === null ? null : ours - theirs;
}

const none: Comparison = { kind: 'none' };

interface CompareState {
  readonly comparison: Comparison;
  /** An instant of a dump that another one of it is held against. */
  readonly marked: number | null;
}

export const compareStore = createStore<CompareState>(() => ({ comparison: none, marked: null }));

export function compareWith(comparison: Comparison): void {
  compareStore.setState({ comparison });
}

export function compareNothing(): void {
  compareWith(none);
}

export function markInstant(marked: number | null): void {
  compareStore.setState({ marked });
}

export function useMarked(): number | null {
  return useStore(compareStore, (state) => state.marked);
}

export function useComparison(): Comparison {
  return useStore(compareStore, (state) => state.comparison);
}

/**
 * The span to ask of what is compared; null where nothing is. An earlier period is asked as much further as the answer
 * is to stand while the clock goes on: unlike now, it is known already.
 */
export function comparedSpan(span: Span | null, comparison: Comparison, aheadMs = 0): Span | null {
  if (span === null || comparison.kind === 'none') return null;
  const by = comparedLater(comparison);
  if (by === 0) return span;
  const ahead = comparison.kind === 'host' ? 0 : Math.max(0, Math.min(aheadMs, by));
  return { from: span.from - by, to: span.to - by + ahead };
}

/** How much later than it was it is drawn, in milliseconds. */
export function comparedLater(comparison: Comparison): number {
  if (comparison.kind === 'before') return comparison.ms;
  return comparison.kind === 'host' ? comparison.laterMs : 0;
}

/** `24 h before`, or the other host's name and by how much it is moved. */
export function comparisonWords(comparison: Comparison, hostName: string): string {
  if (comparison.kind === 'none') return '';
  const by = comparedLater(comparison);
  const size = formatDuration(Math.round(Math.abs(by) / 1000));
  if (comparison.kind === 'host')
    return by === 0 ? hostName : `${hostName}, drawn ${size} ${by > 0 ? 'later' : 'earlier'}`;
  return periods.find(({ ms }) => ms === by)?.name ?? `${size} ${by > 0 ? 'before' : 'after'}`;
}

/** An offset as a person types it, in milliseconds; null where it is none, or longer than anything is kept. */
export function typedOffset(amount: string, unitMs: number): number | null {
  const ms = Number(amount) * unitMs;
  return amount.trim() !== '' && Number.isFinite(ms) && ms >= 60_000 && ms <= 730 * 24 * hour ? Math.round(ms) : null;
}
