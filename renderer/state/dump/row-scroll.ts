/** A list of rows of one height, of which those in view exist. All lengths are in CSS pixels. */
export interface RowList {
  readonly count: number;
  readonly rowPx: number;
  readonly viewPx: number;
}

/** Browsers stop at about 33 million pixels (Chromium) or 17 (Firefox): a longer list moves faster than its scroll bar. */
export const maxHeightPx = 8_000_000;

export interface RowWindow {
  readonly first: number;
  /** Behind the last one. */
  readonly end: number;
  /** How far above the view the first row begins. */
  readonly shiftPx: number;
}

/** How high the element is that scrolls. */
export function scrollHeight({ count, rowPx }: Pick<RowList, 'count' | 'rowPx'>): number {
  return Math.min(count * rowPx, maxHeightPx);
}

/** Whether a pixel of the scroll bar is more than a pixel of the list. */
export function isScaled({ count, rowPx }: Pick<RowList, 'count' | 'rowPx'>): boolean {
  return count * rowPx > maxHeightPx;
}

/** The furthest that the list's top can be moved up. */
export function maxTop({ count, rowPx, viewPx }: RowList): number {
  return Math.max(0, count * rowPx - viewPx);
}

export function clampTop(list: RowList, topPx: number): number {
  return Math.min(maxTop(list), Math.max(0, topPx));
}

/** Where the scroll bar stands for a place in the list, and the other way round. */
export function barOfTop(list: RowList, topPx: number): number {
  return isScaled(list) ? (topPx / maxTop(list)) * (maxHeightPx - list.viewPx) : topPx;
}

export function topOfBar(list: RowList, barPx: number): number {
  return clampTop(list, isScaled(list) ? (barPx / (maxHeightPx - list.viewPx)) * maxTop(list) : barPx);
}

/** The rows that are in view, the two at the edges in part. */
export function rowWindow(list: RowList, topPx: number): RowWindow {
  const top = clampTop(list, topPx);
  const first = Math.floor(top / list.rowPx);
  const end = Math.min(list.count, Math.ceil((top + list.viewPx) / list.rowPx));
  return { first, end, shiftPx: top - first * list.rowPx };
}

/** The list's top once a row is in view: nothing moves for one that is; one that is far away comes to the middle. */
export function topShowing(list: RowList, topPx: number, index: number): number {
  const { rowPx, viewPx } = list;
  const top = index * rowPx;
  if (top >= topPx && top + rowPx <= topPx + viewPx) return clampTop(list, topPx);
  if (top < topPx && topPx - top <= 3 * rowPx) return clampTop(list, top);
  if (top > topPx && top + rowPx - topPx - viewPx <= 3 * rowPx) return clampTop(list, top + rowPx - viewPx);
  return clampTop(list, top - Math.floor((viewPx - rowPx) / 2 / rowPx) * rowPx);
}

/** How many rows a key moves by; null for one that moves nothing. Home and End go beyond any list. */
export function rowsOfKey(key: string, { rowPx, viewPx }: RowList): number | null {
  const page = Math.max(1, Math.floor(viewPx / rowPx) - 1);
  const steps: Readonly<Record<string, number>> = {
    ArrowUp: -1,
    ArrowDown: 1,
    PageUp: -page,
    PageDown: page,
    Home: Number.NEGATIVE_INFINITY,
    End: Number.POSITIVE_INFINITY,
  };
  return steps[key] ?? null;
}
