import type { Glance } from '../../../main/contract/hosts.ts';
import { levelOf, levelWord } from '../../../main/domain/present/levels.ts';
import { formatPercent } from '../../../main/domain/present/units.ts';
import { problemWords } from '../../../main/domain/present/words.ts';
import { Bar } from '../../parts/bar.tsx';

interface ShareProps {
  readonly of: 'cpu' | 'memory';
  readonly glance: Glance | null;
  readonly children?: React.ReactNode;
}

/** How much of the CPU or of the memory is in use: a bar and a number, and a word where it asks for attention. */
export function Share({ of, glance, children }: ShareProps) {
  const percent = (of === 'cpu' ? glance?.cpu_percent : glance?.memory_percent) ?? null;
  const level = levelOf(of, percent);
  const reason = percent === null ? problemWords(glance, of) : levelWord(of, percent);
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
