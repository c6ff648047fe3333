import { useEffect, useMemo, useState } from 'react';
import type { Fault } from '../../main/contract/faults.ts';
import type { ProcessHistory } from '../../main/contract/history.ts';
import type { HostClock, Process, Sample } from '../../main/contract/samples.ts';
import { processAge } from '../../main/domain/present/process-words.ts';
import { api, faultOf } from '../api/rackside.ts';
import { type ChartData, type Hole, noData, type Point, shapeChart } from './chart-data.ts';
import { useLink } from './link.ts';
import { useLive } from './live.ts';
import { processKey } from './process-table.ts';
import type { Span } from './range.ts';

/** The process that is followed, as its row was when it was picked. */
export interface Followed {
  readonly process: Process;
  readonly at: number;
  readonly clock: HostClock;
}

export interface Trail {
  readonly data: ChartData;
  readonly history: ProcessHistory | null;
  readonly loading: boolean;
  readonly fault: Fault | null;
}

/** About one point per pixel of a dialog. */
const points = 600;

/** Ten minutes at two seconds: history is asked again before. */
const maxTail = 300;

const nothing: readonly Point[] = [];

/** What a live list says of a process; null where no list was known. */
export function trailPoint({ collected_at, data }: Sample, followed: Followed): Point | null {
  if (data.processes == null) return null;
  const key = processKey(followed.process);
  const sameBoot = data.clock.boot_id === followed.clock.boot_id;
  const found = sameBoot ? data.processes.list.find((process) => processKey(process) === key) : undefined;
  return {
    at: Date.parse(collected_at),
    listed: found !== undefined,
    values: {
      'process.cpu': found?.cpu_percent ?? null,
      'process.memory': found?.memory_bytes ?? null,
      'process.read': found?.read_bytes_per_second ?? null,
      'process.write': found?.write_bytes_per_second ?? null,
    },
    bands: {},
  };
}

/**
 * What the charts of one process draw: where it was in no list there is a hole that says so, and no zero; and that it had
 * not started, or had ended, where that is known.
 * @param began when it started, in milliseconds since the epoch; null where that is unknown
 */
export function shapeTrail(
  history: ProcessHistory | null,
  tail: readonly Point[],
  span: Span,
  began: number | null = null,
): ChartData {
  const shaped = shapeChart(history, tail, span);
  const unlisted = new Set(history?.times.filter((_, index) => !history.listed[index]));
  const isUnlisted = ({ at, listed }: Point) => (listed === undefined ? unlisted.has(at) : !listed);
  const holes: Hole[] = [...shaped.holes];
  let from: number | null = null;
  const close = (to: number) => {
    if (from !== null && to > from) holes.push(...livesOf({ from, to }, began, history?.ended?.by ?? null));
    from = null;
  };
  for (const point of shaped.points) {
    const isBreak = Object.keys(point.values).length === 0;
    if (isBreak || !isUnlisted(point)) close(isBreak ? breakBegins(shaped.holes, point.at) : point.at);
    else from ??= point.at;
  }
  close(Math.min(span.to, (shaped.points.at(-1)?.at ?? span.to) + Math.max(1000, shaped.stepMs)));
  return { ...shaped, holes: holes.sort((a, b) => a.from - b.from) };
}

/** A span in which it was in no list, cut where it started and where it was known to have ended. */
function livesOf({ from, to }: Span, began: number | null, ended: number | null): Hole[] {
  const birth = Math.min(to, Math.max(from, began ?? from));
  const death = Math.max(birth, Math.min(to, ended ?? to));
  const parts: Hole[] = [
    { from, to: birth, gap: null, unlisted: true, life: 'before' },
    { from: birth, to: death, gap: null, unlisted: true },
    { from: death, to, gap: null, unlisted: true, life: 'after' },
  ];
  return parts.filter((part) => part.to > part.from);
}

/** When a process started, by the time of the list that it was picked from; null where that is unknown. */
export function startOf({ process, at, clock }: Followed): number | null {
  const age = processAge(process, clock);
  return age === null ? null : at - age * 1000;
}

/** A point without values stands in the middle of its hole. */
function breakBegins(holes: readonly Hole[], at: number): number {
  return holes.find((hole) => at >= hole.from && at <= hole.to)?.from ?? at;
}

/** One process over a span, with the live samples after it where the span follows the clock. */
export function useTrail(hostId: string, followed: Followed, span: Span | null, following: boolean): Trail {
  const [loaded, setLoaded] = useState<{ key: string; history: ProcessHistory } | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const [round, setRound] = useState(0);
  const [tail, setTail] = useState(nothing);
  const up = useLink((link) => link.up);
  const { pid, start_ticks } = followed.process;
  const width = span === null ? 0 : span.to - span.from;
  const key = span === null ? '' : following ? String(width) : `${span.from} ${span.to}`;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a following span moves all the time; its width is what asks again
  useEffect(() => {
    if (span === null || !up) return;
    const abort = new AbortController();
    const request = {
      hostId,
      bootId: followed.clock.boot_id,
      pid,
      start_ticks,
      from: span.from,
      to: span.to + 1,
      points,
    };
    api()
      ['history.process'](request, abort.signal)
      .then((history) => {
        setLoaded({ key, history });
        setFault(null);
      })
      .catch((error: unknown) => {
        if (!abort.signal.aborted) setFault(faultOf(error));
      });
    const again = following ? setTimeout(() => setRound(round + 1), Math.max(30_000, width / 200)) : undefined;
    return () => {
      abort.abort();
      clearTimeout(again);
    };
  }, [hostId, pid, start_ticks, key, round, up]);

  const sample = useLive((state) => (following && state.hostId === hostId ? state.sample : null));
  useEffect(() => {
    const point = sample === null ? null : trailPoint(sample, followed);
    if (point === null) return;
    setTail((before) => ((before.at(-1)?.at ?? 0) < point.at ? [...before.slice(1 - maxTail), point] : before));
  }, [sample, followed]);

  const history = loaded?.history ?? null;
  const data = useMemo(
    () => (span === null ? noData : shapeTrail(history, following ? tail : nothing, span, startOf(followed))),
    [history, tail, following, span, followed],
  );
  return { data, history, loading: loaded?.key !== key && fault === null, fault };
}
