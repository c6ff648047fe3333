import { useEffect, useRef, useState } from 'react';
import { type HeatMap, heatGrid } from '../../state/heat-map.ts';
import type { Span } from '../../state/range.ts';

interface HeatCanvasProps {
  readonly map: HeatMap;
  readonly span: Span;
  /** Where nothing is known. */
  readonly holes: readonly Span[];
  /** The number of the core that is pointed at. */
  readonly chosen: number | null;
}

/** As many rows and columns as are drawn at most: about one per pixel. */
const most = { rows: 192, columns: 800 };

/** A picture of cells, drawn at once; hundreds of cores as elements would be hundreds of thousands of them. */
export function HeatCanvas({ map, span, holes, chosen }: HeatCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const look = useLook();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme decides what the colours of the canvas are
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    const width = Math.max(1, Math.min(most.columns, element.clientWidth));
    const grid = heatGrid(map, span, width, most.rows, holes);
    element.width = grid.width;
    element.height = grid.height;
    const context = element.getContext('2d');
    const colours = heatColours(element);
    if (context === null || colours === null) return;
    const picture = context.createImageData(grid.width, grid.height);
    const pixels = new Uint32Array(picture.data.buffer);
    grid.cells.forEach((heat, cell) => {
      if (heat > 0) pixels[cell] = colours[heat] ?? 0;
    });
    context.putImageData(picture, 0, 0);
  }, [map, span, holes, look]);
  const rows = map.ids.length;
  const row = chosen === null ? -1 : map.ids.indexOf(chosen);
  return (
    <div className="heat" aria-hidden="true">
      <canvas ref={canvas} className="heat-canvas" />
      {row !== -1 && <div className="heat-row" style={{ top: `${(100 * row) / rows}%`, height: `${100 / rows}%` }} />}
    </div>
  );
}

/** The colours of 0 to 100 % as the page's tokens have them now, as the canvas keeps them; null without a canvas. */
function heatColours(element: HTMLCanvasElement): Uint32Array | null {
  const scale = document.createElement('canvas');
  scale.width = 256;
  scale.height = 1;
  const context = scale.getContext('2d', { willReadFrequently: true });
  if (context === null) return null;
  const style = getComputedStyle(element);
  const gradient = context.createLinearGradient(0, 0, 256, 0);
  gradient.addColorStop(0, style.fill);
  gradient.addColorStop(1, style.stroke);
  context.fillStyle = gradient;
  context.fillRect(0, 0, 256, 1);
  return new Uint32Array(context.getImageData(0, 0, 256, 1).data.buffer);
}

/** Counts the changes of what colours are made of: the page's own marks of its theme, and the system's scheme. */
function useLook(): number {
  const [changes, setChanges] = useState(0);
  useEffect(() => {
    const changed = () => setChanges((count) => count + 1);
    const marks = new MutationObserver(changed);
    marks.observe(document.documentElement, { attributes: true });
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', changed);
    return () => {
      marks.disconnect();
      scheme.removeEventListener('change', changed);
    };
  }, []);
  return changes;
}
