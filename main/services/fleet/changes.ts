import type { Fleet, FleetChange, HostChange, HostView, PackedGlance } from '../../contract/hosts.ts';
import { packGlance } from '../../domain/present/packed-glance.ts';

/** What was told of a fleet and when, so that each reader is told only what changed since it was told something. */
export interface Changes {
  /** Takes the fleet as it is now. */
  note(fleet: Fleet): void;
  /** What is other than at that mark, and the next mark; null when nothing is. Zero is the mark before everything. */
  since(mark: number, now: number): { readonly change: FleetChange; readonly mark: number } | null;
}

type Part = keyof HostView;
const parts: readonly Part[] = ['host', 'connection', 'recording', 'ring', 'glance', 'health', 'cadenceSeconds'];

interface Followed {
  view: HostView;
  /** The mark at which each part became what it is. */
  readonly at: Record<Part, number>;
  newest: number;
}

export function createChanges(): Changes {
  let mark = 0;
  let followed = new Map<string, Followed>();
  let order = { ids: [] as string[], at: 0 };
  let warnings = { list: [] as readonly string[], at: 0 };

  function follow(view: HostView): Followed {
    const before = followed.get(view.host.id);
    if (before === undefined) {
      const at = {
        host: mark,
        connection: mark,
        recording: mark,
        ring: mark,
        glance: mark,
        health: mark,
        cadenceSeconds: mark,
      };
      return { view, at, newest: mark };
    }
    if (before.view === view) return before;
    for (const part of parts) {
      if (same(part, before.view, view)) continue;
      before.at[part] = mark;
      before.newest = mark;
    }
    before.view = view;
    return before;
  }

  return {
    note: (fleet) => {
      mark += 1;
      followed = new Map(fleet.hosts.map((view) => [view.host.id, follow(view)]));
      const ids = [...followed.keys()];
      if (mark === 1 || !sameList(ids, order.ids)) order = { ids, at: mark };
      if (mark === 1 || !sameList(fleet.warnings, warnings.list)) warnings = { list: fleet.warnings, at: mark };
    },
    since: (from, now) => {
      const hosts: HostChange[] = [];
      const glances: PackedGlance[] = [];
      let place = -1;
      for (const [id, { view, at, newest }] of followed) {
        place += 1;
        if (newest <= from) continue;
        const glance = at.glance > from ? view.glance : null;
        if (glance !== null) glances.push(packGlance(place, glance, now));
        const changed = parts.filter((part) => at[part] > from && (part !== 'glance' || glance === null));
        if (changed.length > 0) hosts.push({ id, ...Object.fromEntries(changed.map((part) => [part, view[part]])) });
      }
      const change: FleetChange = {
        now,
        order: order.at > from ? order.ids : null,
        hosts,
        glances,
        warnings: warnings.at > from ? [...warnings.list] : null,
      };
      const isEmpty = hosts.length + glances.length === 0 && change.order === null && change.warnings === null;
      return isEmpty ? null : { change, mark };
    },
  };
}

/** Glances and hosts are replaced when they change; what is built anew for each view is small enough to compare. */
function same(part: Part, before: HostView, after: HostView): boolean {
  if (before[part] === after[part]) return true;
  if (part !== 'connection' && part !== 'recording' && part !== 'ring' && part !== 'health') return false;
  return JSON.stringify(before[part]) === JSON.stringify(after[part]);
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
