import { visible } from '../../../main/domain/present/words.ts';
import { Icon } from '../../parts/icon.tsx';
import { useFleet } from '../../state/fleet.ts';
import { countWords, type FleetGroup, loadWords } from '../../state/fleet-groups.ts';
import { setCollapsed } from '../../state/fleet-layout.ts';

interface GroupHeadProps {
  readonly stop: string;
  readonly group: FleetGroup;
  readonly collapsed: boolean;
  readonly reachable: boolean;
}

/** A group's name and what its hosts are like together; it opens and closes them. */
export function GroupHead({ stop, group, collapsed, reachable }: GroupHeadProps) {
  const counts = useFleet(({ views }) => countWords(group.ids, views));
  const cpu = useFleet(({ views }) => loadWords(group.ids, views, 'cpu'));
  const memory = useFleet(({ views }) => loadWords(group.ids, views, 'memory'));
  const name = group.name === null ? 'No group' : visible(group.name, 60);
  return (
    <button
      type="button"
      className="group-head"
      data-stop={stop}
      aria-expanded={!collapsed}
      tabIndex={reachable ? 0 : -1}
      onClick={() => setCollapsed(stop, !collapsed)}
    >
      <Icon name={collapsed ? 'right' : 'down'} />
      <span className="group-name ellipsis">{name}</span>
      <span className="group-facts ellipsis">
        {[counts, cpu, memory].filter((fact) => fact !== null).join('  ·  ')}
      </span>
    </button>
  );
}
