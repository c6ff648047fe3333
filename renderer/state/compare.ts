import { createStore, useStore } from 'zustand';
import { formatDuration } from '../../main/domain/present/units.ts';
import type { Span } from './range.ts';

/** What the charts show beside what is looked at: the same host earlier, or another host at the same time. */
export type Comparison =
  | { readonly kind: 'none' }
  | { readonly kind: 'before'; readonly ms: number }
  | { readonly kind: 'host'; readonly hostId: string };

const hour = 3_600_000;

/** Periods that are offered by name. */
export const periods = [
  { name: '1 h before', ms: hour },
  { name: '24 h before', ms: 24 * hour },
  { name: '7 days before', ms: 7 * 24 * hour },
  { name: '30 days before', ms: 30 * 24 * hour },
] as const;

const none: Comparison = { kind: 'none' };

export const compareStore = createStore<{ comparison: Comparison }>(() => ({ comparison: none }));

export function compareWith(comparison: Comparison): void {
  compareStore.setState({ comparison });
}

export function compareNothing(): void {
  compareWith(none);
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
  if (comparison.kind === 'host') return span;
  return { from: span.from - comparison.ms, to: span.to - comparison.ms + Math.min(aheadMs, comparison.ms) };
}

/** `24 h before`, or the other host's name. */
export function comparisonWords(comparison: Comparison, hostName: string): string {
  if (comparison.kind === 'none') return '';
  if (comparison.kind === 'host') return hostName;
  return periods.find(({ ms }) => ms === comparison.ms)?.name ?? `${formatDuration(comparison.ms / 1000)} before`;
}

/** An offset as a person types it, in milliseconds; null where it is none, or longer than anything is kept. */
export function typedOffset(amount: string, unitMs: number): number | null {
  const ms = Number(amount) * unitMs;
  return amount.trim() !== '' && Number.isFinite(ms) && ms >= 60_000 && ms <= 730 * 24 * hour ? Math.round(ms) : null;
}
