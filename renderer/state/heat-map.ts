import type { Series } from '../../main/contract/history.ts';
import { countBefore } from '../../main/domain/present/count-before.ts';
import { levelOf } from '../../main/domain/present/levels.ts';
import { formatPercent } from '../../main/domain/present/units.ts';
import type { CoreColumn } from './live-point.ts';
import type { Span } from './range.ts';

/** Cores by time. Each column says for how long it stands at most: no sample says more than it knows. */
export interface HeatMap {
  readonly ids: readonly number[];
  readonly columns: readonly CoreColumn[];
  readonly lastsMs: number;
}

/** Three rounds of the slow pace of fast samples, as in the charts. */
const lastsMs = 95_000;

export function coreReading(id: number): string {
  return `cpu.core.${id}.busy`;
}

/** History, then the live columns that are newer than it, every column in the order of `ids`. */
export function heatMap(series: Series | null, ids: readonly number[], live: readonly CoreColumn[]): HeatMap {
  const means = ids.map((id) => series?.readings[coreReading(id)]?.mean ?? []);
  const history = (series?.times ?? []).map((at, column) => ({
    at,
    ids,
    busy: Float32Array.from(means, (mean) => mean[column] ?? Number.NaN),
  }));
  const stepMs = series?.stepMs ?? 0;
  const newest = history.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
  const tail = live.filter(({ at }) => at > newest + stepMs / 2).map((column) => inOrder(column, ids));
  return { ids, columns: [...history, ...tail], lastsMs: Math.max(lastsMs, stepMs) };
}

/** A host whose cores came or went has columns of other cores. */
function inOrder(column: CoreColumn, ids: readonly number[]): CoreColumn {
  if (column.ids.length === ids.length && column.ids.every((id, index) => id === ids[index])) return column;
  const places = new Map(column.ids.map((id, index) => [id, index]));
  return { at: column.at, ids, busy: Float32Array.from(ids, (id) => column.busy[places.get(id) ?? -1] ?? Number.NaN) };
}

/** The same map at a later time: what was a day ago, drawn where today is. */
export function laterHeat(map: HeatMap, ms: number): HeatMap {
  return ms === 0 ? map : { ...map, columns: map.columns.map((column) => ({ ...column, at: column.at + ms })) };
}

/** The cores of one map or two that stand one above the other, in the order of their numbers. */
export function coresOfAll(maps: readonly HeatMap[]): number[] {
  return [...new Set(maps.flatMap(({ ids }) => ids))].sort((a, b) => a - b);
}

/** The core at a height, 0 to 1, of the pictures of maps that stand one above the other; null where a map has none. */
export function coreAt(maps: readonly HeatMap[], height: number): number | null {
  const place = Math.max(0, Math.min(maps.length * (1 - 1e-9), height * maps.length));
  const ids = maps[Math.floor(place)]?.ids ?? [];
  return ids[Math.floor((place % 1) * ids.length)] ?? null;
}

/** The column that stands at an instant; null where none does. */
export function columnAt({ columns, lastsMs: lasts }: HeatMap, at: number): CoreColumn | null {
  const column = columns[countBefore(columns.length, (index) => (columns[index]?.at ?? 0) <= at) - 1];
  return column === undefined || at - column.at > lasts ? null : column;
}

export interface HeatGrid {
  readonly width: number;
  readonly height: number;
  /** Row by row: 0 is unknown, 1 to 255 is 0 to 100 %. */
  readonly cells: Uint8Array;
}

/** The map as cells of a picture; in a hole nothing is known. Where cores are more than rows, a row shows the busiest of its cores. */
export function heatGrid(
  map: HeatMap,
  span: Span,
  width: number,
  mostRows: number,
  holes: readonly Span[] = [],
): HeatGrid {
  const height = Math.max(1, Math.min(map.ids.length, mostRows));
  const cells = new Uint8Array(width * height);
  const rows = Uint16Array.from(map.ids, (_, index) => Math.floor((index * height) / map.ids.length));
  for (let x = 0; x < width; x += 1) {
    const at = span.from + ((x + 0.5) / width) * (span.to - span.from);
    const column = columnAt(map, at);
    if (column === null || holes.some((hole) => at >= hole.from && at < hole.to)) continue;
    for (let core = 0; core < rows.length; core += 1) {
      const busy = column.busy[core] ?? Number.NaN;
      if (Number.isNaN(busy)) continue;
      const cell = (rows[core] ?? 0) * width + x;
      const heat = 1 + Math.round(Math.min(100, Math.max(0, busy)) * 2.54);
      if (heat > (cells[cell] ?? 0)) cells[cell] = heat;
    }
  }
  return { width, height, cells };
}

/**
 * The map at one instant, in words: how busy the cores are, which one most, and the one that is chosen by its number;
 * when the sample that says so came, and the cores that it names. Null where nothing is known.
 */
export function heatAt(
  map: HeatMap,
  at: number,
  chosen: number | null,
): { readonly words: string; readonly at: number; readonly cores: readonly number[] } | null {
  const column = columnAt(map, at);
  if (column === null) return null;
  let sum = 0;
  let known = 0;
  let high = 0;
  let busiest = -1;
  column.busy.forEach((busy, index) => {
    if (Number.isNaN(busy)) return;
    known += 1;
    sum += busy;
    if (levelOf('cpu', busy) !== 'ok') high += 1;
    if (busiest === -1 || busy > (column.busy[busiest] ?? 0)) busiest = index;
  });
  if (busiest === -1) return null;
  const words = [`mean ${formatPercent(sum / known, 0)}`, `busiest ${coreWords(map, column, busiest)}`];
  words.push(`${high} of ${known} busy`);
  const place = chosen === null ? -1 : map.ids.indexOf(chosen);
  if (place !== -1) words.unshift(coreWords(map, column, place));
  const cores = [...new Set(place === -1 ? [busiest] : [place, busiest])].map((index) => map.ids[index] as number);
  return { words: words.join(', '), at: column.at, cores };
}

function coreWords(map: HeatMap, column: CoreColumn, index: number): string {
  const busy = column.busy[index] ?? Number.NaN;
  return `cpu${map.ids[index]} ${formatPercent(Number.isNaN(busy) ? null : busy, 0)}`;
}
