/** Where a number is drawn, as `getBoundingClientRect` tells. */
export type Box = Pick<DOMRect, 'left' | 'right' | 'top' | 'bottom'>;

/**
 * Which of the numbers of a section an arrow leads to: left and right along the text, up and down to the nearest one of
 * the next row. Null for another key, and where there is none.
 */
export function numberBeside(boxes: readonly Box[], from: number, key: string): number | null {
  const to = { ArrowLeft: from - 1, ArrowRight: from + 1, Home: 0, End: boxes.length - 1 }[key];
  if (to !== undefined) return to >= 0 && to < boxes.length && to !== from ? to : null;
  const down = { ArrowDown: 1, ArrowUp: -1 }[key];
  const here = boxes[from];
  if (down === undefined || here === undefined) return null;
  const height = here.bottom - here.top;
  const away = (box: Box) => down * (middle(box) - middle(here));
  const beyond = boxes.flatMap((box, index) => (away(box) > height / 2 ? [{ box, index }] : []));
  const nearest = Math.min(...beyond.map(({ box }) => away(box)));
  const row = beyond.filter(({ box }) => away(box) < nearest + height / 2);
  const aside = (box: Box) => Math.abs(box.left + box.right - here.left - here.right);
  return row.sort((a, b) => aside(a.box) - aside(b.box))[0]?.index ?? null;
}

function middle({ top, bottom }: Box): number {
  return (top + bottom) / 2;
}
