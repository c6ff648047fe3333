import { type FormEvent, useState } from 'react';
import { formatDateTime, formatPercent } from '../../../main/domain/present/units.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { Icon } from '../../parts/icon.tsx';
import { IconButton } from '../../parts/icon-button.tsx';
import { zoneAt } from '../../state/clock.ts';
import { cursorInstant, cursorStore } from '../../state/cursor.ts';
import { chooseSpeed, jumpTo, jumpToEdge, playableSpan, togglePlayback, usePlayback } from '../../state/playback.ts';
import { type Speed, speeds } from '../../state/playback-clock.ts';
import { type Direction, type Step, stepTo } from '../../state/playback-steps.ts';
import { followDump, useReplay } from '../../state/replay.ts';
import { typedInstant } from '../../state/typed-instant.ts';
import { CursorTime } from './cursor-bar.tsx';

const steps: readonly { readonly step: Step; readonly name: string; readonly keys: readonly [string, string] }[] = [
  { step: 'sample', name: 'Sample', keys: [',', '.'] },
  { step: 'failure', name: 'Failure', keys: ['{', '}'] },
  { step: 'gap', name: 'Gap', keys: ['Ctrl ←', 'Ctrl →'] },
];

/** Moves the one cursor through a dump: by itself, by steps, or to a time. It stays in sight while the page scrolls. */
export function PlaybackBar() {
  const playing = usePlayback((playback) => playback.playing);
  const speed = usePlayback((playback) => playback.speed);
  const note = usePlayback((playback) => playback.note);
  const progress = useProgress();
  const words = progress.done ? visible(note, 240) : progress.words;
  const empty = useReplay(({ status }) => status?.first == null);
  return (
    <section className="playback" aria-label="Playback">
      <span
        className="playback-progress"
        data-done={progress.done}
        style={{ width: `${progress.done ? 0 : (progress.percent ?? 0)}%` }}
      />
      <div className="playback-line">
        <IconButton quiet icon="begin" label="To the beginning" disabled={empty} onClick={() => jumpToEdge('from')} />
        <button
          type="button"
          className="button button-primary button-play"
          title={playing ? 'Pause (Space)' : 'Play (Space)'}
          disabled={empty}
          onClick={togglePlayback}
        >
          <Icon name={playing ? 'pause' : 'replay'} filled={!playing} />
          {playing ? 'Pause' : 'Play'}
        </button>
        <IconButton quiet icon="end" label="To the end" disabled={empty} onClick={() => jumpToEdge('to')} />
        <select
          className="field field-select"
          aria-label="Speed"
          title="How fast it plays; < and > change it"
          value={speed}
          onChange={(event) => chooseSpeed(Number(event.target.value) as Speed)}
        >
          {speeds.map((one) => (
            <option key={one} value={one}>
              {one} ×
            </option>
          ))}
        </select>
        {steps.map((one) => (
          <Steps key={one.step} {...one} disabled={empty} />
        ))}
        <GoTo disabled={empty} />
        <Follow />
        <span className="playback-end">
          <span className="playback-note faint ellipsis number" role="status" title={words}>
            {words}
          </span>
          <CursorTime />
        </span>
      </div>
    </section>
  );
}

interface StepsProps {
  readonly step: Step;
  readonly name: string;
  readonly keys: readonly [string, string];
  readonly disabled: boolean;
}

function Steps({ step, name, keys, disabled }: StepsProps) {
  const button = (direction: Direction) => {
    const words = `${direction < 0 ? 'Previous' : 'Next'} ${step}`;
    return (
      <IconButton
        quiet
        icon={direction < 0 ? 'left' : 'right'}
        label={words}
        title={`${words} (${keys[direction < 0 ? 0 : 1]})`}
        disabled={disabled}
        onClick={() => void stepTo(step, direction)}
      />
    );
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <span className="playback-steps" role="group" aria-label={name}>
      {button(-1)}
      <span aria-hidden="true">{name}</span>
      {button(1)}
    </span>
  );
}

/** A time as it is typed; what is none stays there, marked. */
function GoTo({ disabled }: { disabled: boolean }) {
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const near = cursorInstant(cursorStore.getState()) ?? playableSpan()?.to;
    const at = near === undefined ? null : typedInstant(text, near, zoneAt);
    setWrong(at === null);
    if (at === null) return;
    const span = playableSpan();
    const outside = span !== null && (at < span.from || at > span.to);
    jumpTo(at, outside ? `${formatDateTime(at, zoneAt(at))} is outside the dump.` : '');
    setText('');
  };
  return (
    <form className="playback-go" onSubmit={submit}>
      <input
        className="field"
        aria-label="Go to a time"
        aria-invalid={wrong}
        title="A time, 14:03 or 14:03:22, or a date and a time, 2026-11-21 14:03"
        placeholder="Go to 14:03"
        disabled={disabled}
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setWrong(false);
        }}
      />
    </form>
  );
}

/** Only where a dump grows: whether the charts go along. */
function Follow() {
  const growing = useReplay((state) => state.growing);
  const following = useReplay((state) => state.following);
  if (!growing && following) return null;
  return (
    <button
      type="button"
      className="button button-small"
      aria-pressed={following}
      title="This dump is being written: show what comes in"
      onClick={() => followDump(!following)}
    >
      Follow
    </button>
  );
}

const phases = { unpacking: 'Unpacking …', indexing: 'Reading', ready: 'Replaying', failed: '' } as const;

interface Progress {
  readonly done: boolean;
  /** Null where it cannot be told. */
  readonly percent: number | null;
  readonly words: string;
}

/** How far a dump is that still comes in. */
function useProgress(): Progress {
  const phase = useReplay(({ status }) => status?.phase ?? 'indexing');
  const percent = useReplay(({ status }) => {
    if (status === null || status.phase === 'unpacking') return null;
    if (status.phase !== 'indexing') return Math.floor(100 * status.replayed);
    return status.bytes === 0 ? null : Math.floor((100 * status.readBytes) / status.bytes);
  });
  const done = phase === 'failed' || (phase === 'ready' && percent === 100);
  const words = percent === null ? phases[phase] : `${phases[phase]} ${formatPercent(percent, 0)}`;
  return { done, percent, words: done ? '' : words };
}
