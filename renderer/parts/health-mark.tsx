import { memo } from 'react';
import type { HealthGlance } from '../../main/contract/health.ts';
import { healthWords } from '../../main/domain/present/health-words.ts';
import { unknown } from '../../main/domain/present/units.ts';
import { visible } from '../../main/domain/present/words.ts';
import { Icon } from './icon.tsx';

interface HealthMarkProps {
  readonly health: HealthGlance | null;
  /** Shows the worst of it too, and not only says it; and that nothing is wrong, or not known to be. */
  readonly inWords?: boolean;
}

/** That something is wrong with a host, how much, and the worst of it. */
export const HealthMark = memo(function HealthMark({ health, inWords = false }: HealthMarkProps) {
  const words = healthWords(health);
  if (health === null || words === null) {
    if (!inWords) return null;
    const [word, told] =
      health === null
        ? [unknown, 'Nothing is known of it yet']
        : ['well', 'Nothing is wrong of all that Rackside looks for'];
    return (
      <span className="faint" title={told}>
        {word}
      </span>
    );
  }
  const first = visible(health.first ?? '', 300);
  const told = `${words}: ${first}`;
  return (
    <span className={`health-mark tone-${health.bad > 0 ? 'bad' : 'warn'}`} role="img" aria-label={told} title={told}>
      <Icon name="warn" filled={health.bad > 0} />
      <span className="number">{health.bad + health.warn}</span>
      {inWords && <span className="health-first">{first}</span>}
    </span>
  );
});
