import type { Connection } from '../../../main/contract/hosts.ts';
import { targetWords, visible } from '../../../main/domain/present/words.ts';
import type { FleetState } from '../../state/fleet.ts';
import { type FuzzyMatch, fuzzyMatch } from '../../state/fuzzy.ts';
import { jumpTo, type PagePart } from '../../state/page-parts.ts';
import { go } from '../../state/route.ts';
import type { Action } from './actions/action.ts';

/** Something that the palette offers. */
export interface PaletteItem {
  readonly id: string;
  readonly group: string;
  /** A host's own text has been made visible already: it is matched as it is shown. */
  readonly title: string;
  readonly detail: string;
  readonly keys: readonly string[];
  /** Null for what is no host. */
  readonly connection: Connection | null;
  readonly run: () => void;
  /** The id of what has the focus then, where it leads to a part of this page. */
  readonly place?: string;
}

export interface FoundItem {
  readonly item: PaletteItem;
  readonly match: FuzzyMatch;
}

export interface PaletteSection {
  readonly name: string;
  readonly found: readonly FoundItem[];
}

/** More rows than anybody reads. */
const maxListed = 40;
const unasked: FuzzyMatch = { score: 0, at: [] };

/**
 * All that could be chosen as things stand; the palette itself is open already.
 * @param parts of the page that is shown: gone to by their names
 */
export function paletteItems(
  actions: readonly Action[],
  fleet: Pick<FleetState, 'ids' | 'views'>,
  parts: readonly PagePart[] = [],
): PaletteItem[] {
  const offered = actions
    .filter(({ id, when }) => id !== 'go.palette' && when())
    .map(({ id, group, title, titleNow, keys, run }): PaletteItem => {
      return { id, group, title: titleNow?.() ?? title, detail: '', keys, connection: null, run };
    });
  const places = parts.map(({ id, title }): PaletteItem => {
    const run = () => jumpTo(id);
    return {
      id: `part.${id}`,
      group: 'Parts of this page',
      title,
      detail: 'on this page',
      keys: [],
      connection: null,
      run,
      place: id,
    };
  });
  const hosts = fleet.ids.flatMap((hostId): PaletteItem[] => {
    const view = fleet.views[hostId];
    if (view === undefined) return [];
    const title = visible(view.host.name, 120);
    const detail = visible(targetWords(view.host.target), 200);
    const run = () => go({ view: 'host', hostId });
    return [{ id: hostId, group: 'Hosts', title, detail, keys: [], connection: view.connection, run }];
  });
  return [...offered, ...places, ...hosts];
}

/** The best that fit, the best first; what was chosen lately goes before what fits as well. */
export function findItems(items: readonly PaletteItem[], query: string, recents: readonly string[]): FoundItem[] {
  return items
    .flatMap((item) => {
      // The title counts more than what stands behind it: its places come first in the text.
      const match = fuzzyMatch(query, `${item.title} ${item.detail}`);
      if (match === null) return [];
      return { item, match: { ...match, score: match.score + (recents.includes(item.id) ? 0.5 : 0) } };
    })
    .sort((a, b) => b.match.score - a.match.score);
}

/** What to list for a query, and how many more there would be. */
export function listPalette(
  items: readonly PaletteItem[],
  query: string,
  recents: readonly string[],
): { readonly sections: readonly PaletteSection[]; readonly more: number } {
  if (query.trim() !== '') {
    const found = findItems(items, query, recents);
    return {
      sections: found.length === 0 ? [] : [{ name: 'Found', found: found.slice(0, maxListed) }],
      more: Math.max(0, found.length - maxListed),
    };
  }
  const lately = recents.flatMap((id) => items.find((item) => item.id === id) ?? []);
  const rest = items.filter((item) => !lately.includes(item));
  const hosts = rest.filter(({ group }) => group === 'Hosts');
  const others = rest.filter(({ group }) => group !== 'Hosts');
  const shownHosts = hosts.slice(0, maxListed);
  const named = [...new Set(others.map(({ group }) => group))].map((name) => {
    return { name, items: others.filter(({ group }) => group === name) };
  });
  const here = named.filter(({ name }) => name === 'This host' || name === 'This dump');
  const sections = [
    { name: 'Recent', items: lately },
    ...here,
    { name: 'Hosts', items: shownHosts },
    ...named.filter((section) => !here.includes(section)),
  ];
  return {
    sections: sections
      .filter((section) => section.items.length > 0)
      .map((section) => ({ name: section.name, found: section.items.map((item) => ({ item, match: unasked })) })),
    more: hosts.length - shownHosts.length,
  };
}
