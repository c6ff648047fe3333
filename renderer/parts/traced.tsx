import { createContext, type ReactNode, useContext } from 'react';
import type { Sample } from '../../main/contract/samples.ts';
import { sumWords } from '../../main/domain/present/reading-words.ts';
import type { ReadingPath } from '../state/source-question.ts';

/** What tells a sample from all others of its host. */
export type SampleName = Pick<Sample, 'kind' | 'collected_at'>;

const SampleContext = createContext<SampleName | null>(null);

interface TracedFromProps {
  readonly sample: SampleName | null;
  readonly children: ReactNode;
}

/** Says which sample the numbers within come from. `ReadingPanel` does so for what is in it. */
export function TracedFrom({ sample, children }: TracedFromProps) {
  return <SampleContext value={sample}>{children}</SampleContext>;
}

export interface Tracing {
  /** Where it stands in the sample's data; places in lists are those of that very sample. */
  readonly path: ReadingPath;
  /** Further readings that the page makes this one number of. */
  readonly also?: readonly ReadingPath[];
  /** Further readings that are added to it: it is answered as one sum, with all that feeds it. */
  readonly plus?: readonly ReadingPath[];
  /** How it does so, in words: `100 × used ÷ total`. */
  readonly how?: string | undefined;
}

interface TracedProps extends Tracing {
  readonly className?: string | undefined;
  /** The number as it is shown, with its unit. */
  readonly children: string;
}

/**
 * A shown number, or word, that answers where it comes from: by a click, or by Enter or `?` where it has the focus. It
 * stands in a `TracedArea` (the Host page is one), which hears both, and within a `TracedFrom`.
 *
 *     <ReadingPanel id="pools" title="Pools" collector="zfs" sample={sample} past={past}>
 *       {pools.map((pool, index) => (
 *         <td key={pool.name} className="right">
 *           <Traced path={['zfs', 'pools', index, 'size_bytes']} className="number">
 *             {formatBytes(pool.size_bytes)}
 *           </Traced>
 *         </td>
 *       ))}
 *     </ReadingPanel>
 */
export function Traced({ path, also, plus, how, className, children }: TracedProps) {
  const sample = useContext(SampleContext);
  if (sample === null) return <span className={className}>{children}</span>;
  return (
    // biome-ignore lint/a11y/useSemanticElements: the text of a button cannot be selected and copied
    <span
      className={className === undefined ? 'traced' : `traced ${className}`}
      role="button"
      tabIndex={-1}
      aria-label={`${children}, ${sumWords(path, plus?.length ?? 0)}`}
      data-paths={JSON.stringify(also === undefined ? [path] : [path, ...also])}
      data-plus={plus === undefined ? undefined : JSON.stringify(plus)}
      data-how={how}
      data-kind={sample.kind}
      data-at={sample.collected_at}
    >
      {children}
    </span>
  );
}
