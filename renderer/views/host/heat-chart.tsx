import { useCallback, useMemo, useState } from 'react';
import type { Sample } from '../../../main/contract/samples.ts';
import { useReadingSources } from '../../parts/shown-samples.tsx';
import { Traced, TracedFrom } from '../../parts/traced.tsx';
import { type ChartData, type Hole, noData } from '../../state/chart-data.ts';
import type { ComparedPlace } from '../../state/compared.ts';
import { cursorInstant, useCursor } from '../../state/cursor.ts';
import { coreAt, coreReading, coresOfAll, heatAt } from '../../state/heat-map.ts';
import type { Span } from '../../state/range.ts';
import { useStoredCores } from '../../state/stored-cores.ts';
import { type Heat, useHeat } from '../../state/use-heat.ts';
import { ChartFrame } from './chart-frame.tsx';
import { ChartOverlay, plot } from './chart-overlay.tsx';
import { HeatCanvas } from './heat-canvas.tsx';

interface HeatChartProps {
  readonly hostId: string;
  readonly open: boolean;
  readonly newest: Sample | null;
  readonly span: Span;
  readonly following: boolean;
  /** The holes of the charts beside it. */
  readonly data: ChartData;
  readonly place: ComparedPlace | null;
  /** The holes of what is compared, where it is drawn. */
  readonly theirs: ChartData | null;
}

const noCores: readonly number[] = [];
const noHoles: readonly Hole[] = [];

/** One map as it is drawn. */
interface Picture extends Heat {
  readonly holes: readonly Hole[];
  readonly name: string;
}

/** Every core over time, one row each: which of them work, and whether always the same ones. What is compared lies below. */
export function HeatChart({ hostId, open, newest, span, following, data, place, theirs }: HeatChartProps) {
  const ids = useCoreIds(newest);
  const ours = useHeat({ hostId, span: open ? span : null, following, ids, laterMs: 0 });
  const other = useComparedHeat(hostId, ids, open ? place : null);
  const pictures = useMemo(() => {
    const own = { ...ours, holes: data.holes, name: place?.ours ?? '' };
    return other === null ? [own] : [own, { ...other, holes: theirs?.holes ?? noHoles, name: place?.name ?? '' }];
  }, [ours, data.holes, other, theirs, place]);
  const [chosen, setChosen] = useState<number | null>(null);
  const speak = useCallback((at: number) => wordsOf(pictures, at, chosen), [pictures, chosen]);
  // Those of one picture must not lie over the other.
  const shared = useMemo(() => ({ ...noData, holes: other === null ? data.holes : noHoles }), [data.holes, other]);
  if (ids.length === 0) return null;
  const maps = pictures.map(({ map }) => map);
  const step = (by: -1 | 1) => {
    const all = coresOfAll(maps);
    const before = chosen === null ? (by > 0 ? -1 : all.length) : all.indexOf(chosen);
    setChosen(all[Math.max(0, Math.min(all.length - 1, before + by))] ?? null);
  };
  return (
    <ChartFrame
      id="cores"
      name="Cores"
      open={open}
      last={false}
      tall={other !== null}
      readout={<HeatReadout pictures={pictures} chosen={chosen} />}
    >
      <div className="heat-pictures" style={{ right: plot.right, top: plot.top, bottom: plot.bottom }}>
        {pictures.map(({ map, holes, name }, index) => (
          <div key={index === 0 ? 'ours' : 'theirs'} className="heat-picture">
            <HeatScale ids={map.ids} width={plot.left} />
            <HeatCanvas map={map} span={span} holes={holes} chosen={chosen} />
            {other !== null && (
              <span className="heat-name ellipsis" aria-hidden="true">
                {name}
              </span>
            )}
          </div>
        ))}
      </div>
      <ChartOverlay
        name="Cores"
        data={shared}
        span={span}
        speak={speak}
        bottom={plot.bottom}
        labelled={false}
        onHeight={(share) => setChosen(share === null ? null : coreAt(maps, share))}
        onStep={step}
      />
    </ChartFrame>
  );
}

/** The cores of the newest sample; the same list until one comes or goes. */
function useCoreIds(newest: Sample | null): readonly number[] {
  const names = (newest?.data.cpu?.cores ?? []).map(({ id }) => id).join(' ');
  return useMemo(() => (names === '' ? noCores : names.split(' ').map(Number)), [names]);
}

/** The cores of what is compared, drawn at the time of `ours`; an earlier period has the rows of now. */
function useComparedHeat(hostId: string, ours: readonly number[], place: ComparedPlace | null): Heat | null {
  const { hostId: otherId = hostId, span = null, following = false, laterMs = 0 } = place ?? {};
  const stored = useStoredCores(otherId, otherId === hostId ? null : span);
  const ids = otherId === hostId ? ours : stored;
  const heat = useHeat({ hostId: otherId, span, following, ids, laterMs });
  return place === null ? null : heat;
}

function HeatScale({ ids, width }: { ids: readonly number[]; width: number }) {
  return (
    <div className="heat-scale faint" style={{ width }} aria-hidden="true">
      <span>{ids.length > 0 && `cpu${ids[0]}`}</span>
      <span>{ids.length > 1 && `cpu${ids.at(-1)}`}</span>
    </div>
  );
}

/** What the map says of an instant: in a hole, nothing. */
function pictureWords({ map, holes, loading }: Picture, at: number, chosen: number | null): string {
  if (holes.some(({ from, to }) => at >= from && at < to)) return 'unknown';
  return heatAt(map, at, chosen)?.words ?? (loading ? 'loading …' : 'unknown');
}

function wordsOf([ours, theirs]: readonly Picture[], at: number, chosen: number | null): string {
  const words = ours === undefined ? '' : pictureWords(ours, at, chosen);
  return theirs === undefined ? words : `${words}; ${theirs.name}: ${pictureWords(theirs, at, chosen)}`;
}

/** A line for each picture, so that words which change their length move nothing. */
function HeatReadout({ pictures: [ours, theirs], chosen }: { pictures: readonly Picture[]; chosen: number | null }) {
  const cursor = useCursor(cursorInstant);
  const at = cursor ?? ours?.map.columns.at(-1)?.at ?? null;
  const words = (picture: Picture | undefined) =>
    at === null || picture === undefined ? '' : pictureWords(picture, at, chosen);
  const sourceOf = useReadingSources();
  const said = words(ours);
  const told = ours === undefined || at === null || said === 'unknown' ? null : heatAt(ours.map, at, chosen);
  const [total, ...cores] = ['cpu.busy', ...(told?.cores ?? []).map(coreReading)].map((reading) =>
    sourceOf(reading, cursor === null ? null : (told?.at ?? cursor)),
  );
  return (
    <span className="heat-readout">
      <span className="readout">
        <TracedFrom sample={told === null ? null : (total?.sample ?? null)}>
          <Traced
            path={total?.path ?? ['cpu']}
            also={cores.flatMap((source) => (source === null ? [] : [source.path]))}
            className="readout-item number"
          >
            {said}
          </Traced>
        </TracedFrom>
        <span className="readout-item" aria-hidden="true">
          0 <span className="heat-legend" /> 100 %
        </span>
      </span>
      {theirs !== undefined && (
        <span className="readout">
          <span className="readout-item number readout-other" title="Compared: the lower picture">
            {words(theirs)}
          </span>
        </span>
      )}
    </span>
  );
}
