import type { Keyed } from './disguise.ts';
import { createHexNames, type HexNames } from './hex-names.ts';
import { createIpv4Names, type Ipv4Names } from './ipv4.ts';
import { createIpv6Names, type Ipv6Names } from './ipv6.ts';
import type { ShapeType } from './shapes.ts';
import { createTerms, type Terms } from './terms.ts';

/** Everything that was met, and what stands in its place. */
export interface Pseudonyms {
  readonly terms: Terms;
  readonly ipv4: Ipv4Names;
  readonly ipv6: Ipv6Names;
  readonly hex: HexNames;
  /** Told before the first pseudonym is asked for. */
  noteShape(type: ShapeType | 'wwn', text: string): void;
  ofShape(type: ShapeType | 'wwn', text: string): string;
  /** Of the shapes that were met, one that begins with that text; null when none does. */
  shapeThatBegins(text: string): { readonly type: ShapeType | 'wwn'; readonly text: string } | null;
}

/** Only those are found again by their beginning. */
const mostShapes = 100_000;

export function createPseudonyms(keyed: Keyed): Pseudonyms {
  const terms = createTerms(keyed);
  const ipv4 = createIpv4Names(keyed);
  const ipv6 = createIpv6Names(keyed);
  const hex = createHexNames(keyed);
  const shapes = new Map<string, ShapeType | 'wwn'>();
  let sorted: string[] | null = null;

  function ofShape(type: ShapeType | 'wwn', text: string): string {
    if (type === 'ipv4') return ipv4.of(text);
    return type === 'ipv6' ? ipv6.of(text) : hex.of(type, text);
  }

  return {
    terms,
    ipv4,
    ipv6,
    hex,
    noteShape: (type, text) => {
      if (type === 'ipv4') ipv4.note(text);
      else if (type === 'ipv6') ipv6.note(text);
      else hex.of(type, text);
      if (shapes.size < mostShapes) shapes.set(text, type);
    },
    ofShape,
    shapeThatBegins: (text) => {
      sorted ??= [...shapes.keys()].sort();
      let [low, high] = [0, sorted.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((sorted[middle] as string) < text) low = middle + 1;
        else high = middle;
      }
      const found = sorted[low];
      if (found?.startsWith(text) !== true) return null;
      return { type: shapes.get(found) as ShapeType | 'wwn', text: found };
    },
  };
}
