import type { Glance, Host } from '../../../main/contract/hosts.ts';
import { levelOf, levelWord } from '../../../main/domain/present/levels.ts';
import { formatPercent } from '../../../main/domain/present/units.ts';
import { problemWords } from '../../../main/domain/present/words.ts';
import { Bar } from '../../parts/bar.tsx';
import { useLimits } from '../../state/limits.ts';

interface ShareProps {
  readonly of: 'cpu' | 'memory';
  readonly host: Host;
  readonly glance: Glance | null;
  readonly children?: React.ReactNode;
}

/** How much of the CPU or of the memory is in use: a bar and a number, and a word where it asks for attention. */
export function Share({ of, host, glance, children }: ShareProps) {
  const limits = useLimits(host);
  const percent = (of === 'cpu' ? glance?.cpu_percent : glance?.memory_percent) ?? null;
  const level = levelOf(of, percent, limits);
  // The bar of the number beside it: a change that nobody sees lays out nothing.
  const whole = percent === null ? null : Math.round(percent);
  const reason = percent === null ? problemWords(glance, of) : levelWord(of, percent, limits);
  return (
    <span className="share" title={reason ?? undefined}>
      {children}
      <Bar percent={whole} level={level} />
      <span className={`number text-${level ?? 'unknown'}`}>
        {level !== null && level !== 'ok' && <span className="unseen">{levelWord(of, percent, limits)} </span>}
        {formatPercent(percent, 0)}
      </span>
    </span>
  );
}
