import { useMemo, useState } from 'react';
import type { Sample } from '../../../main/contract/samples.ts';
import {
  type HostPanelId,
  type HostPanels,
  panelsOf,
  type ShownPanel,
} from '../../../main/domain/present/host-panels.ts';
import { formatCount } from '../../../main/domain/present/units.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { Icon } from '../../parts/icon.tsx';
import { nextTab } from '../../parts/tabs.tsx';
import { useLevels } from '../../state/limits.ts';
import { jumpTo } from '../../state/page-parts.ts';

/** What the page has panels for, by the newest samples. */
export function useHostPanels(medium: Sample | null, slow: Sample | null, daily: Sample | null): HostPanels {
  const levels = useLevels();
  // biome-ignore lint/correctness/useExhaustiveDependencies: thresholds are held aside, and judge anew when they change
  return useMemo(() => panelsOf([medium, slow, daily]), [medium, slow, daily, levels]);
}

/**
 * How everything is that does not change by the second, each in a word or two, and the way to it: one stop of Tab, arrows
 * lead from one to the next, Enter goes there.
 */
export function HostIndex({ panels }: { panels: readonly ShownPanel[] }) {
  const [stop, setStop] = useState<HostPanelId | null>(null);
  // Its room, until the first samples say what there is: what is below stays where it is.
  if (panels.length === 0) return <div className="host-index" />;
  const here = Math.max(
    0,
    panels.findIndex(({ id }) => id === stop),
  );
  const onKeyDown = (event: React.KeyboardEvent<HTMLElement>) => {
    const key = { ArrowUp: 'ArrowLeft', ArrowDown: 'ArrowRight' }[event.key] ?? event.key;
    const to = nextTab(key, here, panels.length);
    if (to === null) return;
    event.preventDefault();
    event.currentTarget.querySelectorAll('button')[to]?.focus();
  };
  return (
    <nav className="host-index" id="host-index" aria-label="Parts of this page" onKeyDown={onKeyDown}>
      {panels.map((panel, index) => (
        <Entry key={panel.id} panel={panel} isStop={index === here} onFocus={() => setStop(panel.id)} />
      ))}
    </nav>
  );
}

function Entry({ panel, isStop, onFocus }: { panel: ShownPanel; isStop: boolean; onFocus: () => void }) {
  const { id, short, condition } = panel;
  const { level, count, words } = condition;
  const text = visible(words, 120);
  return (
    <button
      type="button"
      className={`index-entry index-${level ?? 'unknown'}`}
      tabIndex={isStop ? 0 : -1}
      title={text}
      onFocus={onFocus}
      onClick={() => jumpTo(id)}
    >
      <span className="index-name">
        {short}
        {count !== null && <span className="number faint"> {formatCount(count)}</span>}
      </span>
      <span className={`index-words ellipsis text-${level ?? 'unknown'}`}>{text}</span>
      {(level === 'warn' || level === 'bad') && <Icon name="warn" />}
    </button>
  );
}
