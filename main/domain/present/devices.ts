import type { Disk, NetworkInterface, Temperature, Traffic } from '../../contract/devices.ts';
import type { SampleData } from '../../contract/samples.ts';
import { type Level, levelOf, thresholds } from './levels.ts';

type Pressure = NonNullable<SampleData['pressure']>;

/** What the kernel accounts pressure of, in the order in which it is shown. */
export const pressureResources = ['cpu', 'memory', 'io', 'irq'] as const;
export type PressureResource = (typeof pressureResources)[number];
/** What tasks wait for, as it is called within a sentence. */
export const pressureNames = { cpu: 'CPU', memory: 'memory', io: 'I/O', irq: 'interrupts' } as const;

/** Share of time in which a task waited; the kernel's average of ten seconds where no round before tells. */
export function stalledPercent(pressure: Pressure | null, resource: PressureResource): number | null {
  const stall = pressure?.[resource]?.some ?? pressure?.[resource]?.full ?? null;
  return stall === null ? null : (stall.stalled_percent ?? stall.avg10_percent);
}

/** The disk that is busy most of the time; null where that is known of none. */
export function busiestDisk(list: readonly Disk[]): Disk | null {
  return mostOf(list, ({ busy_percent }) => busy_percent);
}

/** Percent of its speed that the busier direction of a link uses; null where either is unknown. */
export function linkUsePercent(link: NetworkInterface): number | null {
  const { rx_bytes_per_second: rx, tx_bytes_per_second: tx, speed_bits_per_second: speed } = link;
  if (speed === null || speed <= 0 || rx === null || tx === null) return null;
  return (100 * 8 * Math.max(rx, tx)) / speed;
}

/** Errors and drops in a second, both directions; null where all four are unknown. */
export function trafficFaults(traffic: Traffic): number | null {
  const known = [
    traffic.rx_errors_per_second,
    traffic.tx_errors_per_second,
    traffic.rx_drops_per_second,
    traffic.tx_drops_per_second,
  ].filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

/** By the limits of the sensor itself, and by the measure's own where it says none. */
export function temperatureLevel({ celsius, high_celsius, critical_celsius }: Temperature): Level | null {
  if (celsius === null) return null;
  if (high_celsius === null && critical_celsius === null) return levelOf('temperature', celsius);
  if (critical_celsius !== null && celsius >= critical_celsius) return 'bad';
  return high_celsius !== null && celsius >= high_celsius ? 'warn' : 'ok';
}

export function temperatureWord(temperature: Temperature): string {
  const level = temperatureLevel(temperature);
  return level === null ? 'unknown' : thresholds.temperature.words[level];
}

const rank: Readonly<Record<Level, number>> = { ok: 0, warn: 1, bad: 2 };

/** The sensor that asks most for attention: by its level, then by its degrees; null where none is known. */
export function hottest(list: readonly Temperature[]): Temperature | null {
  return mostOf(list, (temperature) => {
    const level = temperatureLevel(temperature);
    return level === null || temperature.celsius === null ? null : rank[level] * 1000 + temperature.celsius;
  });
}

/** Sensors for a chart: one of each chip first, then others, in the host's own order, which does not change with the heat. */
export function chartedTemperatures(list: readonly Temperature[], most: number): Temperature[] {
  const first = list.filter(({ chip }, index) => list.findIndex((one) => one.chip === chip) === index);
  const rest = list.filter((temperature) => !first.includes(temperature));
  const chosen = new Set([...first, ...rest].slice(0, most));
  return list.filter((temperature) => chosen.has(temperature));
}

function mostOf<Item>(list: readonly Item[], measure: (item: Item) => number | null): Item | null {
  let found: Item | null = null;
  let most = Number.NEGATIVE_INFINITY;
  for (const item of list) {
    const value = measure(item);
    if (value === null || value <= most) continue;
    found = item;
    most = value;
  }
  return found;
}
