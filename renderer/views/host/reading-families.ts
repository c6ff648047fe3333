import type { Sample } from '../../../main/contract/samples.ts';
import { formatBytes, formatPercent } from '../../../main/domain/present/units.ts';
import { type ChartFamily, mostLines, namedLines } from './chart-families.ts';

/** What of a host's storage and guests can be charted. */
export interface ReadingShape {
  readonly pools: readonly string[];
  /** Those of the most memory, which do not change places as the busiest do. */
  readonly guests: readonly { readonly vmid: number; readonly name: string }[];
  readonly gpus: readonly { readonly id: string; readonly name: string }[];
}

/** By the newest sample that carries each. */
export function readingShapeOf(of: (key: 'zfs' | 'proxmox' | 'gpus') => Sample | null): ReadingShape {
  const running = (of('proxmox')?.data.proxmox?.guests ?? []).filter(
    ({ state, template }) => state === 'running' && !template,
  );
  const largest = running.sort((a, b) => (b.memory_total_bytes ?? 0) - (a.memory_total_bytes ?? 0));
  return {
    pools: (of('zfs')?.data.zfs?.pools ?? []).slice(0, mostLines).map(({ name }) => name),
    guests: largest.slice(0, mostLines).map(({ vmid, name }) => ({ vmid, name: name ?? String(vmid) })),
    gpus: (of('gpus')?.data.gpus?.list ?? []).slice(0, mostLines).map(({ id, name }) => ({ id, name: name ?? id })),
  };
}

/** Charts of what the medium rounds tell; one whose readings the host does not have is left out. */
export function readingFamilies({ pools, guests, gpus }: ReadingShape): ChartFamily[] {
  const format = (value: number) => formatPercent(value, 1);
  const percent = { medium: true, top: 100, format, tick: (value: number) => formatPercent(value, 0) } as const;
  const bytes = { medium: true, top: 'bytes', format: formatBytes, tick: formatBytes } as const;
  const families: ChartFamily[] = [
    {
      ...{ id: 'pools', name: 'Pools full', ...percent },
      lines: namedLines(pools.map((name) => ({ reading: `pool:${name}.used_percent`, name }))),
    },
    {
      ...{ id: 'guest-cpu', name: 'Guests CPU', ...percent },
      lines: namedLines(guests.map(({ vmid, name }) => ({ reading: `guest:${vmid}.cpu`, name }))),
    },
    {
      ...{ id: 'guest-memory', name: 'Guests memory', ...bytes },
      lines: namedLines(guests.map(({ vmid, name }) => ({ reading: `guest:${vmid}.memory`, name }))),
    },
    {
      ...{ id: 'gpus', name: 'GPUs busy', ...percent },
      lines: namedLines(gpus.map(({ id, name }) => ({ reading: `gpu:${id}.busy`, name }))),
    },
  ];
  return families.filter(({ lines }) => lines.length > 0);
}
