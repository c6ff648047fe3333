import { visible } from '../../../main/domain/present/words.ts';
import { Icon } from '../../parts/icon.tsx';
import { useFleet } from '../../state/fleet.ts';

/** Says what is wrong with Rackside itself, on every view, for as long as it is. */
export function WarningsBanner() {
  const warnings = useFleet((state) => state.warnings);
  return (
    <div role="status" aria-live="polite">
      {warnings.map((warning) => (
        <div key={warning} className="banner">
          <Icon name="warn" />
          <span>{visible(warning, 600)}</span>
        </div>
      ))}
    </div>
  );
}
