import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { Sample } from '../../main/contract/samples.ts';
import { placeOfReading } from '../../main/domain/present/reading-places.ts';
import type { ReadingPath } from '../state/source-question.ts';
import type { SampleName } from './traced.tsx';

interface Shown {
  readonly samples: readonly (Sample | null)[];
  /** Whether these are the ones at the cursor, wherever that is; else they are the newest. */
  readonly atCursor: boolean;
}

const ShownContext = createContext<Shown>({ samples: [], atCursor: false });

/** Says which samples the page shows, so that what charts say of them can be followed back. */
export function ShownSamples({ samples, atCursor, children }: Shown & { readonly children: ReactNode }) {
  const shown = useMemo(() => ({ samples, atCursor }), [samples, atCursor]);
  return <ShownContext value={shown}>{children}</ShownContext>;
}

export interface ReadingSource {
  readonly sample: SampleName;
  readonly path: ReadingPath;
}

/**
 * Finds the sample that a chart's reading comes from, and where it stands there. At the cursor of a live host that is one
 * of the past: it is named, and what was printed for it may be gone.
 */
export function useReadingSources(): (reading: string, pointAt: number | null) => ReadingSource | null {
  const { samples, atCursor } = useContext(ShownContext);
  return (reading, pointAt) => sourceOf(samples, reading, atCursor ? null : pointAt);
}

/** @param pointAt when the point was collected that is meant, in milliseconds since the epoch; null: the samples' own */
export function sourceOf(
  samples: readonly (Sample | null)[],
  reading: string,
  pointAt: number | null,
): ReadingSource | null {
  for (const sample of samples) {
    const path = sample === null ? null : placeOfReading(reading, sample.data);
    if (sample === null || path === null) continue;
    const { kind, collected_at: own } = sample;
    return { path, sample: { kind, collected_at: pointAt === null ? own : new Date(pointAt).toISOString() } };
  }
  return null;
}
