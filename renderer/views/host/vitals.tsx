import type { ReactNode } from 'react';
import type { Sample, SampleData } from '../../../main/contract/samples.ts';
import {
  busiestDisk,
  hottest,
  linkUsePercent,
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

interface VitalsProps {
  readonly fast: Sample | null;
  readonly past: boolean;
}

/** What stands behind a slow host that CPU and memory do not explain, each at one glance. */
export function Vitals({ fast, past }: VitalsProps) {
  return (
    <section className="vitals" aria-label="Vitals" data-past={past}>
      <PressureVital sample={fast} />
      <DiskVital sample={fast} />
      <NetworkVital sample={fast} />
      <TemperatureVital sample={fast} />
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
          {visible(problemWords(sample?.data ?? null, collector) ?? 'Not read yet.', 160)}
        </span>
      )}
    </div>
  );
}

interface ShareProps {
  readonly label: string;
  readonly percent: number | null;
  readonly level: Level | null;
}

function Share({ label, percent, level }: ShareProps) {
  return (
    <span className="vital-share">
      <span className="gauge-label ellipsis" title={label}>
        {label}
      </span>
      <Bar percent={percent} level={level} />
      <span className="number">{formatPercent(percent, 1)}</span>
    </span>
  );
}

function Fact({ label, value, level = 'ok' }: { label: string; value: string; level?: Level | null }) {
  return (
    <span className="gauge-line">
      <span className="gauge-label">{label}</span>
      <span className={`number text-${level ?? 'unknown'}`}>{value}</span>
    </span>
  );
}

const pressureNames = { cpu: 'CPU', memory: 'memory', io: 'I/O', irq: 'interrupts' } as const;

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
          />
        );
      })}
    </Vital>
  );
}

function DiskVital({ sample }: { sample: Sample | null }) {
  const disks = sample?.data.disks ?? null;
  const busiest = busiestDisk(disks?.list ?? []);
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
      <Share label={busiest === null ? 'busiest' : visible(busiest.name, 40)} percent={percent} level={level} />
      <Fact label="read" value={formatRate(disks?.total.read_bytes_per_second ?? null)} />
      <Fact label="written" value={formatRate(disks?.total.write_bytes_per_second ?? null)} />
    </Vital>
  );
}

function NetworkVital({ sample }: { sample: Sample | null }) {
  const network = sample?.data.network ?? null;
  const faults = network === null ? null : trafficFaults(network.total);
  const uses = (network?.interfaces ?? []).flatMap((link) => linkUsePercent(link) ?? []);
  const use = uses.length === 0 ? null : Math.max(...uses);
  const faulty = levelOf('faults', faults);
  const { level, word } = networkState(faulty, use);
  return (
    <Vital name="Network" collector="network" sample={sample} level={level} word={word}>
      <Fact label="received" value={formatRate(network?.total.rx_bytes_per_second ?? null)} />
      <Fact label="sent" value={formatRate(network?.total.tx_bytes_per_second ?? null)} />
      <Fact label="errors and drops" value={formatFrequency(faults)} level={faulty} />
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
        level={level}
      />
      <Fact label="its limits" value={limitWords(hot)} />
      <Fact label="fans" value={fanWords(sensors)} />
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
