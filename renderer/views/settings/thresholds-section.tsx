import type { EffectiveSetting, Settings } from '../../../main/contract/settings.ts';
import type { Scope } from '../../../main/domain/present/own-thresholds.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { useFleet } from '../../state/fleet.ts';
import {
  groupOf,
  ownSetting,
  type ScopeChoice,
  scopeChoices,
  showThresholdsOf,
  useScope,
} from '../../state/own-thresholds.ts';
import { generalOrigin } from '../../state/settings.ts';
import { SettingRow } from './setting-row.tsx';

interface ThresholdsSectionProps {
  readonly settings: Settings;
  /** Those to be shown. */
  readonly thresholds: readonly EffectiveSetting[];
}

/** Thresholds for all hosts, or as they hold for one group or host, each with whose value it is. */
export function ThresholdsSection({ settings, thresholds }: ThresholdsSectionProps) {
  const scope = useScope();
  const views = Object.values(useFleet((state) => state.views));
  const group = scope?.scope === 'host' ? groupOf(scope.name, views) : null;
  return (
    <section className="panel" aria-labelledby="settings-thresholds">
      <div className="setting-scope">
        <h2 id="settings-thresholds">Thresholds</h2>
        <ScopeSelect scope={scope} choices={scopeChoices(views, settings.own)} />
      </div>
      <p className="hint">
        From where on a value is coloured, and counts as wrong: what is said for a host counts before what is said for
        its group, and that before what is said for all.
      </p>
      <ul>
        {thresholds.map((one) => {
          const shown =
            scope === null ? { setting: one, origin: generalOrigin(one) } : ownSetting(one, settings, scope, group);
          const problem = settings.problems.find(({ key }) => key === shown.origin.key) ?? null;
          return <SettingRow key={shown.origin.key} {...shown} problem={problem} />;
        })}
      </ul>
    </section>
  );
}

/** A choice as the value of an option: kinds have no blank in them. */
const idOf = ({ scope, name }: Scope): string => `${scope} ${name}`;

function ScopeSelect({ scope, choices }: { scope: Scope | null; choices: readonly ScopeChoice[] }) {
  const value = scope === null ? '' : idOf(scope);
  const choose = (id: string) => {
    const chosen = choices.find((one) => idOf(one) === id);
    showThresholdsOf(chosen === undefined ? null : { scope: chosen.scope, name: chosen.name });
  };
  // One that was removed meanwhile is still what is shown.
  const isListed = scope === null || choices.some((one) => idOf(one) === value);
  return (
    <select
      className="field field-select"
      aria-label="Thresholds of"
      value={value}
      onChange={({ target }) => choose(target.value)}
    >
      <option value="">All hosts</option>
      {!isListed && <option value={value}>{visible(scope.name, 80)}</option>}
      {(['group', 'host'] as const).map((kind) => {
        const own = choices.filter((one) => one.scope === kind);
        return (
          own.length > 0 && (
            <optgroup key={kind} label={kind === 'group' ? 'Groups' : 'Hosts'}>
              {own.map((one) => (
                <option key={idOf(one)} value={idOf(one)}>
                  {choiceWords(one)}
                </option>
              ))}
            </optgroup>
          )
        );
      })}
    </select>
  );
}

function choiceWords({ name, count, exists }: ScopeChoice): string {
  const facts = [count > 0 ? `${count} of its own` : '', exists ? '' : 'not in the fleet'].filter(
    (fact) => fact !== '',
  );
  return [visible(name, 80), ...facts].join(' · ');
}
