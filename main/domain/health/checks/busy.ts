import type { SampleData } from '../../../contract/samples.ts';
import { pressureNames, pressureResources } from '../../present/devices.ts';
import { memoryParts } from '../../present/memory.ts';
import { formatBytes, formatLoad, formatPercent } from '../../present/units.ts';
import { type Asked, briefMs, busyMs, type Check, type Found } from '../found.ts';

/** CPU, load, memory, swap and pressure, where they last. */
export const checkBusy: Check = (data, asked) => [
  ...cpu(data, asked),
  ...load(data, asked),
  ...memory(data, asked),
  ...swap(data, asked),
  ...pressure(data, asked),
];

function cpu({ cpu: reading }: SampleData, asked: Asked): Found[] {
  const busy = reading?.total?.busy_percent;
  if (!asked.isBeyond('cpu', 'cpu', busy)) return [];
  const text = `CPU ${formatPercent(busy ?? null, 0)} busy`;
  return [{ ...{ id: 'cpu', severity: 'warn', text, collector: 'cpu' }, ...sustained('cpu', 'total', 'busy_percent') }];
}

/** Of five minutes: the load of one is a peak. */
function load({ load: reading, cpu: cores }: SampleData, asked: Asked): Found[] {
  const count = cores?.cores.length ?? 0;
  const each = reading == null || count === 0 ? null : reading.five / count;
  if (!asked.isBeyond('load', 'load', each)) return [];
  const text = `load ${formatLoad(reading?.five ?? null)} over five minutes, on ${count} ${count === 1 ? 'core' : 'cores'}`;
  return [{ id: 'load', severity: 'warn', text, collector: 'load', path: ['load', 'five'], holdMs: briefMs }];
}

function memory({ memory: reading }: SampleData, asked: Asked): Found[] {
  const percent = reading == null ? null : memoryParts(reading).usedPercent;
  const severity = asked.level('memory', 'memory', percent);
  if (severity === null || reading == null) return [];
  const text = `memory ${formatPercent(percent, 0)} used, ${formatBytes(memoryParts(reading).available)} available`;
  return [{ id: 'memory', severity, text, collector: 'memory', path: ['memory', 'used_bytes'], holdMs: briefMs }];
}

/** What lies in swap for good does no harm: only heavy use counts. */
function swap({ memory: reading }: SampleData, asked: Asked): Found[] {
  const held = reading?.swap ?? null;
  if (held === null || held.total_bytes <= 0) return [];
  const percent = (100 * held.used_bytes) / held.total_bytes;
  if (!asked.isBeyond('swap', 'swap', percent)) return [];
  const text = `swap ${formatPercent(percent, 0)} used`;
  const path = ['memory', 'swap', 'used_bytes'];
  return [{ id: 'swap', severity: 'warn', text, collector: 'memory', path, holdMs: briefMs }];
}

/** Of a minute, as the kernel averages it. */
function pressure({ pressure: reading }: SampleData, asked: Asked): Found[] {
  return pressureResources.flatMap((resource): Found[] => {
    const id = `pressure/${resource}`;
    const some = reading?.[resource]?.some ?? null;
    if (!asked.isBeyond(id, 'pressure', some?.avg60_percent)) return [];
    const text = `tasks wait for ${pressureNames[resource]} ${formatPercent(some?.avg60_percent ?? null, 0)} of the time`;
    return [
      {
        ...{ id, severity: 'warn', text, collector: 'pressure' },
        ...sustained('pressure', resource, 'some', 'avg60_percent'),
      },
    ];
  });
}

/** What is a peak unless it lasts. */
export function sustained(...path: readonly (string | number)[]): Pick<Found, 'path' | 'holdMs' | 'peak'> {
  return { path, holdMs: busyMs, peak: true };
}
