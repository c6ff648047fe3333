import type { SampleData } from '../../../contract/samples.ts';
import { trafficFaults } from '../../present/devices.ts';
import { diskTroubles } from '../../present/disk-verdict.ts';
import { formatCelsius, formatFrequency, formatOffset, formatPercent } from '../../present/units.ts';
import { upsTroubleIds, upsTroubles } from '../../present/ups.ts';
import { type Asked, briefMs, type Check, type Found } from '../found.ts';
import { sustained } from './busy.ts';

/** Disks and what SMART says of them, links, heat, power, and the wall clock. */
export const checkDevices: Check = (data, asked) => [
  ...smart(data, asked),
  ...ups(data, asked),
  ...temperatures(data, asked),
  ...gpus(data, asked),
  ...disks(data, asked),
  ...links(data, asked),
  ...wallClock(data, asked),
];

/** Of all that the disk says: its own word alone is not enough. */
function smart({ smart: reading }: SampleData, asked: Asked): Found[] {
  return (reading?.disks ?? []).flatMap((disk, at): Found[] => {
    const id = `smart/${disk.device}`;
    const troubles = diskTroubles(disk, asked.limits);
    const [worst] = troubles;
    // One that sleeps was not asked.
    if (worst === undefined && disk.verdict === null) asked.unknown(id);
    if (worst === undefined) return [];
    const words = troubles.slice(0, 4).map((one) => one.words);
    const text = `${disk.device.replace(/^\/dev\//, '')} ${words.join(', ')}`;
    return [{ id, severity: worst.level, text, collector: 'smart', path: ['smart', 'disks', at, worst.key] }];
  });
}

function ups({ ups: reading }: SampleData, asked: Asked): Found[] {
  return (reading?.list ?? []).flatMap((one, at) => {
    if (one.status.length === 0) asked.unknown(...upsTroubleIds.map((id) => `ups/${one.name}/${id}`));
    return upsTroubles(one).map(({ id, level: severity, words }): Found => {
      const text = `UPS ${one.name} ${words}`;
      return { id: `ups/${one.name}/${id}`, severity, text, collector: 'ups', path: ['ups', 'list', at, 'status'] };
    });
  });
}

function temperatures({ sensors }: SampleData, asked: Asked): Found[] {
  return (sensors?.temperatures ?? []).flatMap((sensor, at): Found[] => {
    const id = `temperature/${sensor.id}`;
    const { celsius, high_celsius: warn, critical_celsius: bad } = sensor;
    const level = asked.level(id, warn === null && bad === null ? 'temperature' : { warn, bad }, celsius);
    if (level === null) return [];
    const text = `${sensor.chip} ${sensor.label} at ${formatCelsius(celsius)}`;
    const path = ['sensors', 'temperatures', at, 'celsius'];
    return [{ id, severity: level, text, collector: 'sensors', path, holdMs: briefMs, peak: true }];
  });
}

function gpus({ gpus: reading }: SampleData, asked: Asked): Found[] {
  return (reading?.list ?? []).flatMap((gpu, at): Found[] => {
    const id = `gpu/${gpu.id}`;
    const severity = asked.level(id, 'gpu', gpu.temperature_celsius);
    if (severity === null) return [];
    const text = `GPU ${gpu.name ?? gpu.id} at ${formatCelsius(gpu.temperature_celsius)}`;
    const path = ['gpus', 'list', at, 'temperature_celsius'];
    return [{ id, severity, text, collector: 'gpus', path, holdMs: briefMs, peak: true }];
  });
}

function disks({ disks: reading }: SampleData, asked: Asked): Found[] {
  return (reading?.list ?? []).flatMap(({ name, busy_percent: busy }, at): Found[] => {
    const id = `disk/${name}`;
    if (!asked.isBeyond(id, 'disk', busy)) return [];
    const text = `disk ${name} ${formatPercent(busy, 0)} busy`;
    return [
      { ...{ id, severity: 'warn', text, collector: 'disks' }, ...sustained('disks', 'list', at, 'busy_percent') },
    ];
  });
}

function links({ network }: SampleData, asked: Asked): Found[] {
  return (network?.interfaces ?? []).flatMap((link, at): Found[] => {
    const id = `link/${link.name}`;
    const faults = trafficFaults(link);
    if (!asked.isBeyond(id, 'faults', faults)) return [];
    const text = `${link.name} ${formatFrequency(faults)} errors and drops`;
    const key = (link.rx_errors_per_second ?? 0) > 0 ? 'rx_errors_per_second' : 'rx_drops_per_second';
    const place = sustained('network', 'interfaces', at, key);
    return [{ id, severity: 'warn', text, collector: 'network', ...place }];
  });
}

/** As far as it is off for certain. */
function wallClock({ wall_clock: reading }: SampleData, asked: Asked): Found[] {
  const offset = reading?.offset_seconds ?? null;
  const certain = offset === null ? null : Math.max(0, Math.abs(offset) - (reading?.uncertainty_seconds ?? 0));
  const severity = asked.level('clock', 'offset', certain);
  if (severity === null) return [];
  const text = `wall clock ${formatOffset(offset)} against this computer's`;
  return [{ id: 'clock', severity, text, collector: 'wall_clock', path: ['wall_clock', 'offset_seconds'] }];
}
