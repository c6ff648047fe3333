export interface Tab<Id extends string> {
  readonly id: Id;
  readonly label: string;
}

interface TabsProps<Id extends string> {
  /** What is chosen, for who cannot see it. */
  readonly name: string;
  readonly tabs: readonly Tab<Id>[];
  readonly current: Id;
  readonly onChoose: (id: Id) => void;
}

/** A row of tabs, of which Tab reaches one; arrows, Home and End choose. Its panel is labelled by `tab-ID`. */
export function Tabs<Id extends string>({ name, tabs, current, onChoose }: TabsProps<Id>) {
  const here = tabs.findIndex(({ id }) => id === current);
  const onKeyDown = (event: React.KeyboardEvent) => {
    const to = tabs[nextTab(event.key, here, tabs.length) ?? -1];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onChoose(to.id);
    document.getElementById(`tab-${to.id}`)?.focus();
  };
  return (
    <div className="segments" role="tablist" aria-label={name} tabIndex={-1} onKeyDown={onKeyDown}>
      {tabs.map(({ id, label }) => (
        <button
          key={id}
          type="button"
          role="tab"
          id={`tab-${id}`}
          aria-selected={id === current}
          tabIndex={id === current ? 0 : -1}
          onClick={() => onChoose(id)}
        >
          {label}
        </button>
      ))}
    </div>
  );
}

/** The index that a key leads to, round at the ends; null where the key is none of a row of tabs. */
export function nextTab(key: string, here: number, count: number): number | null {
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  if (key === 'ArrowLeft') return (here - 1 + count) % count;
  return key === 'ArrowRight' ? (here + 1) % count : null;
}
