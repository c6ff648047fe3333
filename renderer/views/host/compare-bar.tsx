import { useState } from 'react';
import { visible } from '../../../main/domain/present/words.ts';
import { type Comparison, compareNothing, compareWith, periods, typedOffset } from '../../state/compare.ts';
import { compareHosts } from '../../state/compare-hosts.ts';
import type { ComparedPlace } from '../../state/compared.ts';
import { useFleet } from '../../state/fleet.ts';
import { AlignForm } from './align-form.tsx';

const units = [
  { name: 'minutes', ms: 60_000 },
  { name: 'hours', ms: 3_600_000 },
  { name: 'days', ms: 86_400_000 },
] as const;

/** Chooses what the charts are compared with: an earlier period, or another host. */
export function CompareBar({ hostId, comparison }: { hostId: string; comparison: Comparison }) {
  const ids = useFleet((state) => state.ids);
  const views = useFleet((state) => state.views);
  const [asking, setAsking] = useState(false);
  const others = ids.flatMap((id) => (id === hostId ? [] : [{ id, name: views[id]?.host.name ?? '' }]));
  const choose = (value: string) => {
    setAsking(value === 'other');
    if (value === 'marked') return;
    if (value.startsWith('host ')) void compareHosts(hostId, value.slice(5));
    else if (value.startsWith('before ')) compareWith({ kind: 'before', ms: Number(value.slice(7)) });
    else compareNothing();
  };
  const value =
    comparison.kind === 'host'
      ? `host ${comparison.hostId}`
      : comparison.kind === 'before' && periods.some(({ ms }) => ms === comparison.ms)
        ? `before ${comparison.ms}`
        : asking
          ? 'other'
          : comparison.kind === 'before'
            ? 'marked'
            : 'none';
  return (
    <div className="compare">
      <label className="compare-label" htmlFor="compare">
        Compare
      </label>
      <select
        id="compare"
        className="field field-select"
        value={value}
        onChange={(event) => choose(event.target.value)}
      >
        <option value="none">with nothing</option>
        <optgroup label="This host, earlier">
          {periods.map(({ name, ms }) => (
            <option key={ms} value={`before ${ms}`}>
              with {name}
            </option>
          ))}
          <option value="other">with another period …</option>
          {value === 'marked' && <option value="marked">with the marked instant</option>}
        </optgroup>
        {others.length > 0 && (
          <optgroup label="Another host, or a dump">
            {others.map(({ id, name }) => (
              <option key={id} value={`host ${id}`}>
                with {visible(name, 60)}
              </option>
            ))}
          </optgroup>
        )}
      </select>
      {value === 'other' && <OffsetForm />}
      {comparison.kind === 'host' && <AlignForm hostId={hostId} comparison={comparison} />}
    </div>
  );
}

/** How long before, as a number and a unit; what is no period compares nothing. */
function OffsetForm() {
  const [amount, setAmount] = useState('');
  const [unitMs, setUnitMs] = useState<number>(units[1].ms);
  const take = (nextAmount: string, nextUnitMs: number) => {
    setAmount(nextAmount);
    setUnitMs(nextUnitMs);
    const ms = typedOffset(nextAmount, nextUnitMs);
    if (ms === null) compareNothing();
    else compareWith({ kind: 'before', ms });
  };
  return (
    <span className="compare-offset">
      <input
        className="field"
        inputMode="decimal"
        aria-label="How long before"
        aria-invalid={amount !== '' && typedOffset(amount, unitMs) === null}
        value={amount}
        onChange={(event) => take(event.target.value, unitMs)}
      />
      <select
        className="field field-select"
        aria-label="Unit"
        value={unitMs}
        onChange={(event) => take(amount, Number(event.target.value))}
      >
        {units.map(({ name, ms }) => (
          <option key={ms} value={ms}>
            {name}
          </option>
        ))}
      </select>
      before
    </span>
  );
}

/** Which line is which. */
export function CompareLegend({ place }: { place: ComparedPlace | null }) {
  if (place === null) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <span className="compare-legend" role="group" aria-label="Lines">
      <span className="line-mark" /> {place.ours}
      <span className="line-mark line-mark-dashed" /> {place.name}
    </span>
  );
}
