import {
  beginBrush,
  clearCursor,
  cursorInstant,
  cursorStore,
  endBrush,
  moveCursor,
  pinCursor,
  steppedInstant,
} from '../../state/cursor.ts';
import { movedSpan, type Span, zoomedAround, zoomTo } from '../../state/range.ts';

/** How many arrows cross a chart: at a quarter of an hour one of them skips no live sample. */
const stepsAcross = 450;

type KeyPress = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey'>;

/** Does what a key means on a chart, and answers whether it means anything. */
export function chartKey({ key, shiftKey, ctrlKey, metaKey }: KeyPress, span: Span): boolean {
  if (ctrlKey || metaKey) return false;
  const cursor = cursorStore.getState();
  const at = cursorInstant(cursor);
  const step = Math.max(1000, (span.to - span.from) / stepsAcross) * (shiftKey ? 10 : 1);
  if (key === 'ArrowLeft') moveCursor(steppedInstant(cursor, -step, span));
  else if (key === 'ArrowRight') moveCursor(steppedInstant(cursor, step, span));
  else if (key === 'Home') moveCursor(span.from);
  else if (key === 'End') moveCursor(span.to);
  else if (key === 'PageUp') zoomTo(movedSpan(span, -1));
  else if (key === 'PageDown') zoomTo(movedSpan(span, 1));
  else if (key === 's' && cursor.brush === null) beginBrush(at ?? span.to);
  else if (key === 's' || (key === 'Enter' && cursor.brush !== null)) zoomTo(endBrush());
  else if (key === 'Enter') pinCursor(at ?? span.to);
  else if (key === 'Escape') clearCursor();
  else if (key === '+' || key === '=') zoomTo(zoomedAround(span, at ?? span.to, 0.5));
  else if (key === '-') zoomTo(zoomedAround(span, at ?? span.to, 2));
  else if (key === '0') zoomTo(null);
  else return false;
  return true;
}
