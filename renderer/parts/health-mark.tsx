import type { HealthGlance } from '../../main/contract/health.ts';
import { healthWords } from '../../main/domain/present/health-words.ts';
import { visible } from '../../main/domain/present/words.ts';
import { Icon } from './icon.tsx';

/** That something is wrong with a host, how much, and the worst of it; nothing where nothing is. */
export function HealthMark({ health }: { health: HealthGlance | null }) {
  const words = healthWords(health);
  if (health === null || words === null) return null;
  const told = `${words}: ${visible(health.first ?? '', 300)}`;
  return (
    <span className={`health-mark tone-${health.bad > 0 ? 'bad' : 'warn'}`} role="img" aria-label={told} title={told}>
      <Icon name="warn" filled={health.bad > 0} />
      <span className="number">{health.bad + health.warn}</span>
    </span>
  );
}
