import { type RefObject, useLayoutEffect, useState } from 'react';

/** The inner width of an element in pixels, as it is laid out; 0 before that. */
export function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const measured = element.current;
    if (measured === null) return;
    const read = () => setWidth(measured.clientWidth);
    const observer = new ResizeObserver(read);
    observer.observe(measured);
    read();
    return () => observer.disconnect();
  }, [element]);
  return width;
}
