import { useEffect, useId, useState } from 'react';
import type { Fault } from '../../../main/contract/faults.ts';
import type { EffectiveSetting, SettingProblem, SettingValue } from '../../../main/contract/settings.ts';
import { problemSentence } from '../../../main/domain/present/setting-words.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { changeSetting, parseField, type SettingOrigin, settingName } from '../../state/settings.ts';

interface SettingRowProps {
  readonly setting: EffectiveSetting;
  readonly origin: SettingOrigin;
  /** What the file says wrongly of it. */
  readonly problem: SettingProblem | null;
}

/** One setting: what it is, its value to change, where that comes from, and the way back to what holds without it. */
export function SettingRow({ setting, origin, problem }: SettingRowProps) {
  const { key, about, unit } = setting;
  const id = useId();
  const [fault, setFault] = useState<Fault | null>(null);
  const told = fault?.message ?? (problem === null ? '' : `${problemSentence(problem)} The default holds.`);
  const change = async (value: SettingValue | null) => setFault(await changeSetting(origin.key, value));
  return (
    <li className="setting">
      <div>
        <label htmlFor={id}>{settingName(key)}</label>
        <p id={`${id}-about`} className="hint">
          {about}
        </p>
      </div>
      <div className="setting-value">
        <SettingField
          setting={setting}
          id={id}
          describedBy={`${id}-about ${id}-problem`}
          invalid={told !== ''}
          onChange={(value) => void change(value)}
          onType={() => setFault(null)}
        />
        <span className="faint">{unit}</span>
      </div>
      <div className="setting-source">
        <span>
          <span className={origin.instead === null ? 'faint' : ''}>{visible(origin.words, 200)}</span>
          {origin.instead !== null && <span className="setting-instead faint">{visible(origin.instead, 200)}</span>}
        </span>
        {origin.isSaid && (
          <button
            type="button"
            className="button button-quiet button-small"
            aria-label={`Reset ${settingName(key)} to ${visible(origin.back, 120)}`}
            onClick={() => void change(null)}
          >
            Reset
          </button>
        )}
      </div>
      {origin.note !== null && <p className="setting-note hint">{origin.note}</p>}
      <p id={`${id}-problem`} className="setting-problem text-bad" aria-live="polite">
        {visible(told, 600)}
      </p>
    </li>
  );
}

interface FieldProps {
  readonly setting: EffectiveSetting;
  readonly id: string;
  readonly describedBy: string;
  readonly invalid: boolean;
  readonly onChange: (value: SettingValue) => void;
  readonly onType: () => void;
}

function SettingField({ setting, id, describedBy, invalid, onChange, onType }: FieldProps) {
  const { range, value } = setting;
  const shared = { id, 'aria-describedby': describedBy, 'aria-invalid': invalid };
  if (range.type === 'switch') {
    return (
      <input {...shared} type="checkbox" checked={value === true} onChange={({ target }) => onChange(target.checked)} />
    );
  }
  if (range.type === 'choice') {
    return (
      <select {...shared} className="field" value={String(value)} onChange={({ target }) => onChange(target.value)}>
        {range.choices.map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
      </select>
    );
  }
  return <NumberField {...shared} value={String(value)} onCommit={onChange} onType={onType} />;
}

interface NumberFieldProps {
  readonly id: string;
  readonly 'aria-describedby': string;
  readonly 'aria-invalid': boolean;
  readonly value: string;
  readonly onCommit: (value: SettingValue) => void;
  readonly onType: () => void;
}

/** Holds what is typed until Enter, or until the field is left; Escape takes it back. */
function NumberField({ value, onCommit, onType, ...field }: NumberFieldProps) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const commit = () => {
    if (text !== value) onCommit(parseField(text, true));
  };
  const forget = () => {
    setText(value);
    onType();
  };
  return (
    <input
      {...field}
      className="field number"
      inputMode="decimal"
      spellCheck={false}
      value={text}
      onChange={({ target }) => {
        setText(target.value);
        onType();
      }}
      onBlur={commit}
      onKeyDown={({ key }) => {
        if (key === 'Enter') commit();
        else if (key === 'Escape') forget();
      }}
    />
  );
}
