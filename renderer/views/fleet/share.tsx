import type { Sample, SampleData } from '../../../main/contract/samples.ts';
import { levelOf, levelWord } from '../../../main/domain/present/levels.ts';
import { memoryParts } from '../../../main/domain/present/memory.ts';
import { formatPercent } from '../../../main/domain/present/units.ts';
import { problemWords } from '../../../main/domain/present/words.ts';
import { Bar } from '../../parts/bar.tsx';

interface ShareProps {
  readonly of: 'cpu' | 'memory';
  readonly sample: Sample | null;
  readonly children?: React.ReactNode;
}

/** How much of the CPU or of the memory is in use: a bar and a number, and a word where it asks for attention. */
export function Share({ of, sample, children }: ShareProps) {
  const data = sample?.data ?? null;
  const percent = percentOf(of, data);
  const level = levelOf(of, percent);
  const reason = percent === null ? problemWords(data, of) : levelWord(of, percent);
  return (
    <span className="share" title={reason ?? undefined}>
      {children}
      <Bar percent={percent} level={level} />
      <span className={`number text-${level ?? 'unknown'}`}>
        {level !== null && level !== 'ok' && <span className="unseen">{levelWord(of, percent)} </span>}
        {formatPercent(percent, 0)}
      </span>
    </span>
  );
}

function percentOf(of: ShareProps['of'], data: SampleData | null): number | null {
  if (of === 'cpu') return data?.cpu?.total?.busy_percent ?? null;
  return data?.memory == null ? null : memoryParts(data.memory).usedPercent;
}
