import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import {
  barOfTop,
  clampTop,
  isScaled,
  maxTop,
  type RowList,
  rowWindow,
  scrollHeight,
  topOfBar,
  topShowing,
} from '../state/dump/row-scroll.ts';

interface VirtualRowsProps extends Pick<React.AriaAttributes, 'aria-activedescendant'> {
  readonly name: string;
  readonly role: 'listbox' | 'rowgroup' | 'region';
  readonly className?: string;
  readonly count: number;
  /** Height of one row, in rem. */
  readonly rowRem: number;
  /** Scrolls so that a row is in view, whenever it is another object. */
  readonly reveal?: { readonly index: number } | null;
  /** Where to begin, in pixels; the other one is told where it came to. */
  readonly startPx?: number;
  readonly onTop?: (topPx: number) => void;
  /** The rows in view, from the first to behind the last. */
  readonly onWindow?: (first: number, end: number) => void;
  readonly onKeyDown?: (event: React.KeyboardEvent, list: RowList) => void;
  readonly children: (index: number) => ReactNode;
}

/**
 * Rows of one height, of which those in view exist; millions of them cost what a page costs. The rows stand in a frame
 * that does not scroll, so that none is ever missing while the page catches up. A virtualiser that measures each row
 * keeps a record for each, which a list of this length does not allow.
 */
export function VirtualRows(props: VirtualRowsProps) {
  const { name, role, className = '', count, rowRem, reveal = null, startPx = 0, onTop, onWindow, children } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [rowPx] = useState(() => rowRem * Number.parseFloat(getComputedStyle(document.documentElement).fontSize));
  const [viewPx, setViewPx] = useState(0);
  const [topPx, setTopPx] = useState(startPx);
  const top = useRef(startPx);
  const bar = useRef(-1);
  const revealed = useRef(reveal);
  const list = { count, rowPx, viewPx };
  const current = useRef(list);
  current.current = { count, rowPx, viewPx };

  function moveTo(next: number): void {
    const element = scroller.current;
    if (element === null) return;
    top.current = clampTop(current.current, next);
    element.scrollTop = barOfTop(current.current, top.current);
    bar.current = element.scrollTop;
    setTopPx(top.current);
    onTop?.(top.current);
  }

  function onScroll(): void {
    const at = scroller.current?.scrollTop ?? 0;
    // Our own doing: a long list's bar is coarser than its top.
    if (Math.abs(at - bar.current) < 1) return;
    bar.current = at;
    top.current = topOfBar(current.current, at);
    setTopPx(top.current);
    onTop?.(top.current);
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, with what it began with
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const measure = () => {
      const before = current.current;
      setViewPx(element.clientHeight);
      current.current = { ...before, viewPx: element.clientHeight };
      // What was shown stays in view when the view gets smaller.
      const rowTop = (revealed.current?.index ?? -1) * rowPx;
      const wasInView = rowTop >= top.current && rowTop + rowPx <= top.current + before.viewPx;
      if (wasInView) moveTo(topShowing(current.current, top.current, rowTop / rowPx));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    moveTo(startPx);
    // Where a pixel of the bar is many of the list, a wheel moves the list itself.
    function onWheel(event: WheelEvent): void {
      if (!isScaled(current.current) || event.ctrlKey || event.deltaY === 0) return;
      event.preventDefault();
      moveTo(top.current + event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? rowPx : 1));
    }
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      observer.disconnect();
      element.removeEventListener('wheel', onWheel);
    };
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: it is asked for by another object, and once for each
  useLayoutEffect(() => {
    if (reveal === null || revealed.current === reveal) return;
    revealed.current = reveal;
    moveTo(topShowing(current.current, top.current, reveal.index));
  }, [reveal]);

  const { first, end, shiftPx } = rowWindow(list, Math.min(topPx, maxTop(list)));
  useEffect(() => onWindow?.(first, end), [first, end, onWindow]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it has a role, which its user chooses
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: the roles that it can have are named
    <div
      ref={scroller}
      className={`rows ${className}`}
      role={role}
      aria-label={name}
      aria-activedescendant={props['aria-activedescendant']}
      tabIndex={0}
      onScroll={onScroll}
      onKeyDown={(event) => props.onKeyDown?.(event, current.current)}
    >
      <div className="rows-height" style={{ height: scrollHeight(list) }} role="presentation">
        <div className="rows-frame" style={{ height: Math.min(viewPx, count * rowPx) }} role="presentation">
          <div style={{ transform: `translateY(${-shiftPx}px)` }} role="presentation">
            {Array.from({ length: Math.max(0, end - first) }, (_, row) => children(first + row))}
          </div>
        </div>
      </div>
    </div>
  );
}
