import { Icon } from '../../parts/icon.tsx';
import { chooseShape, switchGrouped, useLayout } from '../../state/fleet-layout.ts';

/** A list to read, a grid to look over; with the heads of groups or without. */
export function LayoutButtons() {
  const { shape, grouped } = useLayout();
  return (
    <>
      <fieldset className="segments" aria-label="Shape">
        <button type="button" aria-pressed={shape === 'list'} title="List (v)" onClick={() => chooseShape('list')}>
          <Icon name="fleet" />
          <span className="unseen">List</span>
        </button>
        <button type="button" aria-pressed={shape === 'grid'} title="Grid (v)" onClick={() => chooseShape('grid')}>
          <Icon name="grid" />
          <span className="unseen">Grid</span>
        </button>
      </fieldset>
      <button type="button" className="button" aria-pressed={grouped} title="Group hosts" onClick={switchGrouped}>
        <Icon name={grouped ? 'check' : 'fleet'} />
        Groups
      </button>
    </>
  );
}
