import { pressureNames, pressureResources, stalledPercent } from '../present/devices.ts';
import { levelOf, levelWord, type Measure } from '../present/levels.ts';
import { memoryParts } from '../present/memory.ts';
import {
  formatBytes,
  formatCelsius,
  formatDuration,
  formatLoad,
  formatMilliseconds,
  formatOffset,
  formatPercent,
  formatRate,
  unknown,
} from '../present/units.ts';
import { type Html, html } from './html.ts';
import type { ReportMoment, ReportSample } from './report-moment.ts';

/** A number with a bar below it; the word says the level, so that no colour has to. */
function gauge(
  name: string,
  value: string,
  measure: Measure,
  percent: number | null,
  detail: string,
  width = percent,
): Html {
  const level = levelOf(measure, percent);
  return html`<div class="gauge"><span>${name}</span><b>${value}</b>${bar(measure, percent, width)}<span>${
    level === null ? '' : `${levelWord(measure, percent)}${detail === '' ? '' : ' · '}`
  }${detail}</span></div>`;
}

export function bar(measure: Measure, percent: number | null, filled = percent): Html {
  const width = filled === null ? 0 : Math.max(0, Math.min(100, filled));
  return html`<div class="bar ${levelOf(measure, percent) ?? ''}"><i style="width:${width.toFixed(1)}%"></i></div>`;
}

/** CPU, memory, swap, load and pressure, as they were. */
export function gauges({ data }: ReportSample): Html {
  const cpu = data.cpu?.total ?? null;
  const memory = data.memory ?? null;
  const parts = memory === null ? null : memoryParts(memory);
  const swap = memory?.swap ?? null;
  const load = data.load ?? null;
  const cores = data.cpu?.cores.length ?? 0;
  const perCore = load === null || cores === 0 ? null : load.one / cores;
  const swapPercent = swap === null || swap.total_bytes === 0 ? null : (100 * swap.used_bytes) / swap.total_bytes;
  const stalls = pressureResources
    .map((resource) => ({ resource, percent: stalledPercent(data.pressure ?? null, resource) }))
    .filter(({ percent }) => percent !== null);
  return html`<section><h2>At a glance</h2><div class="gauges">
${gauge('CPU', formatPercent(cpu?.busy_percent ?? null), 'cpu', cpu?.busy_percent ?? null, cores === 0 ? '' : `${cores} cores`)}
${gauge('Memory', formatPercent(parts?.usedPercent ?? null), 'memory', parts?.usedPercent ?? null, parts === null ? '' : `${formatBytes(parts.used)} of ${formatBytes(parts.total)}`)}
${swap === null ? null : gauge('Swap', formatPercent(swapPercent), 'swap', swapPercent, `${formatBytes(swap.used_bytes)} of ${formatBytes(swap.total_bytes)}`)}
${gauge('Load, 1 minute', formatLoad(load?.one ?? null), 'load', perCore, load === null ? '' : `5 min ${formatLoad(load.five)} · 15 min ${formatLoad(load.fifteen)}`, perCore === null ? null : 100 * perCore)}
${stalls.map(({ resource, percent }) => gauge(`Pressure: ${pressureNames[resource]}`, formatPercent(percent), 'pressure', percent, ''))}
</div></section>`;
}

/** What does not fit a gauge. */
export function facts({ fast, medium }: ReportMoment): Html {
  const data = fast?.data ?? medium?.data ?? null;
  const clock = data?.clock ?? null;
  const offset = (fast?.data.wall_clock ?? medium?.data.wall_clock)?.offset_seconds ?? null;
  const cpu = data?.cpu?.total ?? null;
  const rows: [string, string][] = [
    ['Up for', formatDuration(clock?.uptime_seconds ?? null)],
    ['Boot', clock?.boot_id ?? unknown],
    ['Clock against the console', formatOffset(offset)],
    ['CPU waits for disks', formatPercent(cpu?.iowait_percent ?? null)],
    ['CPU taken by the hypervisor', formatPercent(cpu?.steal_percent ?? null)],
  ];
  return html`<section><h2>Host</h2><table>${rows.map(([name, value]) => html`<tr><td>${name}</td><td class="n">${value}</td></tr>`)}</table></section>`;
}

export function disks({ data }: ReportSample): Html | null {
  const list = data.disks?.list ?? [];
  if (list.length === 0) return null;
  return html`<section class="wide"><h2>Disks</h2><table><tr><th>Disk</th><th class="n">Read</th><th class="n">Written</th><th class="n">Busy</th><th class="n">Read latency</th><th class="n">Write latency</th></tr>${list.map(
    (disk) =>
      html`<tr><td>${disk.name}</td><td class="n">${formatRate(disk.read_bytes_per_second)}</td><td class="n">${formatRate(disk.write_bytes_per_second)}</td><td class="n">${formatPercent(disk.busy_percent)}${bar('disk', disk.busy_percent)}</td><td class="n">${formatMilliseconds(disk.read_latency_ms)}</td><td class="n">${formatMilliseconds(disk.write_latency_ms)}</td></tr>`,
  )}</table></section>`;
}

export function network({ data }: ReportSample): Html | null {
  const list = data.network?.interfaces ?? [];
  if (list.length === 0) return null;
  const state = (up: boolean | null): string => (up === null ? unknown : up ? 'up' : 'down');
  return html`<section class="wide"><h2>Network</h2><table><tr><th>Interface</th><th>Kind</th><th>State</th><th class="n">In</th><th class="n">Out</th></tr>${list.map(
    (one) =>
      html`<tr><td>${one.name}</td><td>${one.kind}</td><td>${state(one.up)}</td><td class="n">${formatRate(one.rx_bytes_per_second)}</td><td class="n">${formatRate(one.tx_bytes_per_second)}</td></tr>`,
  )}</table></section>`;
}

export function temperatures({ data }: ReportSample): Html | null {
  const list = data.sensors?.temperatures ?? [];
  if (list.length === 0) return null;
  return html`<section class="wide"><h2>Temperatures</h2><table>${list.map(
    ({ chip, label, celsius }) =>
      html`<tr><td>${chip}</td><td>${label}</td><td class="n">${formatCelsius(celsius)}</td></tr>`,
  )}</table></section>`;
}
