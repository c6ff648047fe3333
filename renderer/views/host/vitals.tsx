import type { ReactNode } from 'react';
import type { Temperature, Traffic } from '../../../main/contract/devices.ts';
import type { Sample, SampleData } from '../../../main/contract/samples.ts';
import {
  busiestDisk,
  hottest,
  linkUsePercent,
  type PressureResource,
  pressureNames,
  pressureResources,
  stalledPercent,
  temperatureLevel,
  temperatureWord,
  trafficFaults,
} from '../../../main/domain/present/devices.ts';
import { type Level, levelOf, levelWord, thresholds } from '../../../main/domain/present/levels.ts';
import { formatCelsius, formatFrequency, formatPercent, formatRate } from '../../../main/domain/present/units.ts';
import { problemWords, visible } from '../../../main/domain/present/words.ts';
import { Bar } from '../../parts/bar.tsx';
import { Traced, TracedFrom, type Tracing } from '../../parts/traced.tsx';

interface VitalsProps {
  readonly fast: Sample | null;
  readonly past: boolean;
}

/** What stands behind a slow host that CPU and memory do not explain, each at one glance. */
export function Vitals({ fast, past }: VitalsProps) {
  return (
    <section className="vitals" aria-label="Vitals" data-past={past}>
      <TracedFrom sample={fast}>
        <PressureVital sample={fast} />
        <DiskVital sample={fast} />
        <NetworkVital sample={fast} />
        <TemperatureVital sample={fast} />
      </TracedFrom>
    </section>
  );
}

interface VitalProps {
  readonly name: string;
  readonly collector: keyof SampleData;
  readonly sample: Sample | null;
  readonly level: Level | null;
  /** The word for the level. */
  readonly word: string;
  readonly children: ReactNode;
}

function Vital({ name, collector, sample, level, word, children }: VitalProps) {
  const told = sample?.data[collector] != null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div className="vital" role="group" aria-label={name}>
      <span className="vital-head">
        <span className="gauge-name">{name}</span>
        {told && <span className={`level-word text-${level ?? 'unknown'}`}>{word}</span>}
      </span>
      {told ? (
        children
      ) : (
        <span className="gauge-reason">
          <Traced path={[collector]}>
            {visible(problemWords(sample?.data ?? null, collector) ?? 'Not read yet.', 160)}
          </Traced>
        </span>
      )}
    </div>
  );
}

interface ShareProps {
  readonly label: string;
  readonly percent: number | null;
  readonly level: Level | null;
  readonly from: Tracing;
}

function Share({ label, percent, level, from }: ShareProps) {
  return (
    <span className="vital-share">
      <span className="gauge-label ellipsis" title={label}>
        {label}
      </span>
      <Bar percent={percent} level={level} />
      <Traced {...from} className="number">
        {formatPercent(percent, 1)}
      </Traced>
    </span>
  );
}

interface FactProps {
  readonly label: string;
  readonly value: string;
  readonly from: Tracing;
  readonly level?: Level | null;
}

function Fact({ label, value, from, level = 'ok' }: FactProps) {
  return (
    <span className="gauge-line">
      <span className="gauge-label">{label}</span>
      <Traced {...from} className={`number text-${level ?? 'unknown'}`}>
        {value}
      </Traced>
    </span>
  );
}

function PressureVital({ sample }: { sample: Sample | null }) {
  const pressure = sample?.data.pressure ?? null;
  const shown = pressureResources.slice(0, 3);
  const percents = shown.map((resource) => stalledPercent(pressure, resource));
  const known = percents.filter((percent) => percent !== null);
  const most = known.length === 0 ? null : Math.max(...known);
  return (
    <Vital
      name="Pressure"
      collector="pressure"
      sample={sample}
      level={levelOf('pressure', most)}
      word={levelWord('pressure', most)}
    >
      {shown.map((resource, index) => {
        const percent = percents[index] ?? null;
        return (
          <Share
            key={resource}
            label={pressureNames[resource]}
            percent={percent}
            level={levelOf('pressure', percent)}
            from={{ path: stalledPath(pressure, resource) }}
          />
        );
      })}
    </Vital>
  );
}

/** As `stalledPercent` chooses. */
function stalledPath(pressure: SampleData['pressure'], resource: PressureResource): Tracing['path'] {
  const stalls = pressure?.[resource] ?? null;
  const share = stalls === null || stalls.some !== null ? 'some' : 'full';
  const key = stalls !== null && stalls[share]?.stalled_percent === null ? 'avg10_percent' : 'stalled_percent';
  return ['pressure', resource, share, key];
}

function DiskVital({ sample }: { sample: Sample | null }) {
  const disks = sample?.data.disks ?? null;
  const busiest = busiestDisk(disks?.list ?? []);
  const place = busiest === null ? -1 : (disks?.list.indexOf(busiest) ?? -1);
  const percent = busiest?.busy_percent ?? null;
  const level = levelOf('disk', percent);
  const none = disks !== null && disks.list.length === 0;
  return (
    <Vital
      name="Disks"
      collector="disks"
      sample={sample}
      level={level}
      word={none ? 'none' : levelWord('disk', percent)}
    >
      <Share
        label={busiest === null ? 'busiest' : visible(busiest.name, 40)}
        percent={percent}
        level={level}
        from={{ path: place < 0 ? ['disks', 'list'] : ['disks', 'list', place, 'busy_percent'] }}
      />
      <Fact
        label="read"
        value={formatRate(disks?.total.read_bytes_per_second ?? null)}
        from={{ path: ['disks', 'total', 'read_bytes_per_second'] }}
      />
      <Fact
        label="written"
        value={formatRate(disks?.total.write_bytes_per_second ?? null)}
        from={{ path: ['disks', 'total', 'write_bytes_per_second'] }}
      />
    </Vital>
  );
}

const total = (key: keyof Traffic) => ['network', 'total', key];
const allFaults: Tracing = {
  path: total('rx_errors_per_second'),
  also: [total('tx_errors_per_second'), total('rx_drops_per_second'), total('tx_drops_per_second')],
  how: 'the sum of errors and drops of both directions',
};

function NetworkVital({ sample }: { sample: Sample | null }) {
  const network = sample?.data.network ?? null;
  const faults = network === null ? null : trafficFaults(network.total);
  const uses = (network?.interfaces ?? []).flatMap((link) => linkUsePercent(link) ?? []);
  const use = uses.length === 0 ? null : Math.max(...uses);
  const faulty = levelOf('faults', faults);
  const { level, word } = networkState(faulty, use);
  return (
    <Vital name="Network" collector="network" sample={sample} level={level} word={word}>
      <Fact
        label="received"
        value={formatRate(network?.total.rx_bytes_per_second ?? null)}
        from={{ path: total('rx_bytes_per_second') }}
      />
      <Fact
        label="sent"
        value={formatRate(network?.total.tx_bytes_per_second ?? null)}
        from={{ path: total('tx_bytes_per_second') }}
      />
      <Fact label="errors and drops" value={formatFrequency(faults)} from={allFaults} level={faulty} />
    </Vital>
  );
}

/** Errors come before a link that is merely busy. */
function networkState(faulty: Level | null, use: number | null): { level: Level | null; word: string } {
  if (faulty === 'warn' || faulty === 'bad')
    return { level: faulty, word: `${thresholds.faults.words[faulty]} errors` };
  if (use !== null) return { level: levelOf('link', use), word: levelWord('link', use) };
  return { level: faulty, word: faulty === null ? 'unknown' : 'normal' };
}

function TemperatureVital({ sample }: { sample: Sample | null }) {
  const sensors = sample?.data.sensors ?? null;
  const hot = hottest(sensors?.temperatures ?? []);
  const level = hot === null ? null : temperatureLevel(hot);
  const place = hot === null ? -1 : (sensors?.temperatures.indexOf(hot) ?? -1);
  const temperature = (key: keyof Temperature) =>
    place < 0 ? ['sensors', 'temperatures'] : ['sensors', 'temperatures', place, key];
  return (
    <Vital
      name="Temperature"
      collector="sensors"
      sample={sample}
      level={level}
      word={hot === null ? 'unknown' : temperatureWord(hot)}
    >
      <Fact
        label={hot === null ? 'hottest' : visible(`${hot.chip} ${hot.label}`, 60)}
        value={formatCelsius(hot?.celsius ?? null)}
        from={{ path: temperature('celsius') }}
        level={level}
      />
      <Fact
        label="its limits"
        value={limitWords(hot)}
        from={{ path: temperature('high_celsius'), also: [temperature('critical_celsius')], how: 'high and critical' }}
      />
      <Fact label="fans" value={fanWords(sensors)} from={fanTracing(sensors)} />
    </Vital>
  );
}

function limitWords(hot: ReturnType<typeof hottest>): string {
  if (hot === null || (hot.high_celsius === null && hot.critical_celsius === null)) return 'not told';
  return [hot.high_celsius, hot.critical_celsius]
    .filter((limit) => limit !== null)
    .map((limit) => formatCelsius(limit))
    .join(' · ');
}

function fanWords(sensors: SampleData['sensors'] | null): string {
  const turning = (sensors?.fans ?? []).flatMap(({ rpm }) => rpm ?? []);
  return turning.length === 0 ? 'none told' : `${Math.min(...turning)} – ${Math.max(...turning)} rpm`;
}

/** All that turn; more than the question takes are not shown apart. */
function fanTracing(sensors: SampleData['sensors'] | null): Tracing {
  const turning = (sensors?.fans ?? []).flatMap(({ rpm }, index) =>
    rpm === null ? [] : [['sensors', 'fans', index, 'rpm']],
  );
  const [path = ['sensors', 'fans'], ...also] = turning.slice(0, 6);
  return also.length === 0 ? { path } : { path, also, how: 'the slowest and the fastest' };
}
