import type { RedactionPreview } from '../../../main/contract/dump-sharing.ts';
import { formatBytes, formatCount } from '../../../main/domain/present/units.ts';
import { typeName } from './share-words.ts';

export type Found = RedactionPreview['found'][number];

/** A line of the preview: a type with what it came to, or one thing of that type. */
export type PreviewRow =
  | {
      readonly kind: 'type';
      readonly type: string;
      readonly name: string;
      readonly things: number;
      readonly places: number;
    }
  | { readonly kind: 'thing'; readonly found: Found };

/** Those that hold what is sought, in any case, under their types; the types in the order in which they come. */
export function previewRows(found: readonly Found[], sought: string): PreviewRow[] {
  const wanted = sought.trim().toLowerCase();
  const byType = new Map<string, Found[]>();
  for (const one of found) {
    const isWanted = [one.original, one.pseudonym, typeName(one.type)].some((text) =>
      text.toLowerCase().includes(wanted),
    );
    if (!isWanted) continue;
    const others = byType.get(one.type);
    if (others === undefined) byType.set(one.type, [one]);
    else others.push(one);
  }
  return [...byType].flatMap(([type, things]): PreviewRow[] => [
    {
      kind: 'type',
      ...{ type, name: typeName(type), things: things.length },
      places: things.reduce((sum, { count }) => sum + count, 0),
    },
    ...things.map((one): PreviewRow => ({ kind: 'thing', found: one })),
  ]);
}

/** How much there is to replace, and how much of what was chosen was looked at to say so. */
export function previewWords({ found, readBytes, bytes }: RedactionPreview): string {
  const places = found.reduce((sum, { count }) => sum + count, 0);
  const looked =
    readBytes < bytes ? `the first ${formatBytes(readBytes)} of ${formatBytes(bytes)}` : `all ${formatBytes(bytes)}`;
  return `${formatCount(found.length)} to replace in ${formatCount(places)} places; looked at ${looked}.`;
}
