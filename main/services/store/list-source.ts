import { inflateRawSync } from 'node:zlib';
import type { HostClock } from '../../contract/samples.ts';
import { ByteReader } from '../../domain/metrics/bytes.ts';
import { PackedBlock } from '../../domain/metrics/packed-block.ts';
import { valueAt } from '../../domain/metrics/packed-row.ts';
import { readingInfo } from '../../domain/metrics/reading-units.ts';
import { readSummary } from '../../domain/metrics/summary.ts';
import type { BlockRow, Blocks } from './blocks.ts';
import type { DamagedBlocks } from './damaged-blocks.ts';
import { type Frame, joinLists } from './frame.ts';
import type { Layouts } from './layouts.ts';
import type { Run } from './lived-twice.ts';
import type { OpenSample } from './open-samples.ts';

/** A block holds at most an hour of samples; unpacked, its lists stay far below this. */
const maxListBytes = 256 << 20;

const uptime = 'clock.uptime';
const uptimeScale = readingInfo(uptime)?.scale ?? 1;

/** Samples with process lists, sealed or not. What costs time is read when it is asked for. */
export interface ListSource extends Run {
  readonly samples: number;
  /** What `read` gives; null where it meets damage, now or before. */
  guard<Value>(read: () => Value): Value | null;
  /** Empty where the samples were rolled up. */
  times(): readonly number[];
  /** As `joinLists` makes them; empty where there are none. */
  lists(): Uint8Array;
  /** The host's time at the sample of that instant. */
  clockAt(at: number): HostClock;
}

/** The times of a block's samples; throws where they are not those that its row tells of. */
export function timesOf(block: PackedBlock, { t0, t1, samples }: BlockRow): number[] {
  const times = block.length === samples ? block.times() : [];
  if (times[0] === t0 && times.at(-1) === t1) return times;
  throw new RangeError('A block holds other samples than it should');
}

/** Its functions throw where the block is damaged: they are to be called within `guard`. */
export function blockSource(row: BlockRow, blocks: Blocks, layouts: Layouts, damaged: DamagedBlocks): ListSource {
  const { id, t0, t1, samples, boot, layout } = row;
  const open = () => {
    const packed = blocks.samples(id);
    return packed === null ? null : new PackedBlock(packed);
  };
  return {
    ...{ t0, t1, samples, boot, uptime: () => uptimeOfBlock(row, layouts) },
    guard: (read) => damaged.read(row, read),
    times: () => {
      const block = open();
      return block === null ? [] : timesOf(block, row);
    },
    lists: () => {
      const packed = blocks.processes(id);
      return packed === null ? new Uint8Array() : inflateRawSync(packed, { maxOutputLength: maxListBytes });
    },
    clockAt: (at) => {
      const block = open();
      const place = layouts.namesOf(layout).indexOf(uptime);
      const index = block === null || place < 0 ? -1 : block.times().indexOf(at);
      return clockOf(boot, index < 0 ? null : (block?.column(place)[index] ?? null));
    },
  };
}

/** Null for a frame without a sample. */
export function frameSource({ samples, boot }: Frame, layouts: Layouts): ListSource | null {
  const times = samples.map(({ at }) => at);
  if (times.length === 0) return null;
  return {
    ...{ t0: Math.min(...times), t1: Math.max(...times), samples: times.length, boot },
    uptime: () => uptimeOfFrame(samples, layouts),
    guard: (read) => read(),
    times: () => times,
    lists: () => joinLists(samples),
    clockAt: (at) => {
      const sample = samples.find((one) => one.at === at);
      const place = sample === undefined ? -1 : layouts.namesOf(sample.layout).indexOf(uptime);
      return clockOf(boot, sample === undefined || place < 0 ? null : valueAt(sample.values, place));
    },
  };
}

/** From the lowest to the highest that a block's own header tells. */
export function uptimeOfBlock({ layout, summary, samples }: BlockRow, layouts: Layouts): ReturnType<Run['uptime']> {
  const place = layouts.namesOf(layout).indexOf(uptime);
  if (place < 0) return null;
  const { count, min, max } = readSummary(new ByteReader(summary), place, samples);
  return count === 0 ? null : { min, max };
}

export function uptimeOfFrame(samples: readonly OpenSample[], layouts: Layouts): ReturnType<Run['uptime']> {
  const known = samples.flatMap(({ layout, values }) => {
    const place = layouts.namesOf(layout).indexOf(uptime);
    return (place < 0 ? null : valueAt(values, place)) ?? [];
  });
  return known.length === 0 ? null : { min: Math.min(...known), max: Math.max(...known) };
}

function clockOf(boot: string | null, scaled: number | null): HostClock {
  return { boot_id: boot, uptime_seconds: scaled === null ? null : scaled / uptimeScale };
}
