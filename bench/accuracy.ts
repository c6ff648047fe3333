import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Sample } from '../main/contract/samples.ts';
import { startSession } from '../main/services/collect/session.ts';
import { createLocalConnect } from '../main/services/local/create-local-connect.ts';
import { askTools, type ToolInstant, type ToolWindow, watchWithTools } from './field-tools.ts';
import { startKnownLoad } from './known-load.ts';
import { cpuShares, type NodeExporter, type Scrape, startNodeExporter } from './node-exporter.ts';
import type { Report } from './report.ts';

/** Short windows show how the tools' own grids differ, and nothing else. */
const windowSeconds = 20;
/** A tool's share of a process that used less says more of its rounding. */
const leastProcessPercent = 5;
/** Below this a rate is not load, but whatever else the machine does. */
const leastBytesPerSecond = 200_000;
/** A file system that holds less is one that others fill and empty. */
const leastBytes = 1 << 30;

/**
 * Rackside's numbers beside those of the field's own tools for the same seconds under a known load: `top`, `free`,
 * `mpstat`, `iostat`, `sar`, `df`, `ss`, and node_exporter where it is installed.
 */
export async function accuracyBench(report: Report): Promise<void> {
  // Not /tmp: what lives in memory has no disk that could be busy.
  const folder = mkdtempSync(join(process.cwd(), '.rackside-accuracy-'));
  const load = await startKnownLoad(folder);
  const exporter = await startNodeExporter();
  try {
    const { fast, medium, slow, tools, instant, scrapes } = await watchBoth(exporter);
    compareAll(report, fast, tools, load.interfaceName);
    compareShares(report, fast, tools);
    compareFilesystems(report, medium, instant);
    comparePorts(report, slow, instant);
    if (scrapes !== null) compareExporter(report, fast, medium, scrapes);
    const lacks = [
      load.lacks,
      tools.disks === null ? 'disks need sysstat’s iostat' : null,
      tools.interfaces === null ? 'the network needs sysstat’s sar' : null,
      tools.cpuShares === null ? 'shares of the CPU need sysstat’s mpstat' : null,
      instant.listeners === null ? 'sockets need iproute2’s ss' : null,
      scrapes === null ? 'there is no node_exporter here' : null,
    ].filter((reason) => reason !== null);
    if (lacks.length > 0) console.error(`accuracy: not all was compared: ${lacks.join('; ')}.`);
  } finally {
    await exporter?.stop();
    await load.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Watched {
  readonly fast: Sample;
  readonly medium: Sample;
  readonly slow: Sample;
  readonly tools: ToolWindow;
  readonly instant: ToolInstant;
  /** At the window's beginning and at its end. */
  readonly scrapes: readonly [Scrape, Scrape] | null;
}

/** Two samples, and what the tools saw in between: they start as the first one comes. `df` and `ss` are asked with the slow one. */
async function watchBoth(exporter: NodeExporter | null): Promise<Watched> {
  const abort = new AbortController();
  const prompts = { onStep: () => {}, ask: () => Promise.reject(new Error('This machine asks nothing.')) };
  const transport = await createLocalConnect()(prompts, abort.signal);
  try {
    return await new Promise((resolve, reject) => {
      const medium = Promise.withResolvers<Sample>();
      const slow = Promise.withResolvers<Sample>();
      const instant = slow.promise.then(askTools);
      let before: Promise<Scrape> | undefined;
      let tools: Promise<ToolWindow> | null = null;
      let count = 0;
      const onSample = (sample: Sample) => {
        if (sample.kind === 'medium') medium.resolve(sample);
        if (sample.kind === 'slow') slow.resolve(sample);
        if (sample.kind !== 'fast') return;
        count += 1;
        // The first two are close together, for the first CPU share; the grid begins with the third.
        if (count === 3) {
          before = exporter?.scrape();
          tools = watchWithTools(windowSeconds);
        }
        if (count !== 4) return;
        const scrapes = exporter === null ? null : Promise.all([before as Promise<Scrape>, exporter.scrape()]);
        Promise.all([medium.promise, slow.promise, tools as Promise<ToolWindow>, instant, scrapes]).then(
          ([first, second, seen, asked, scraped]) =>
            resolve({ fast: sample, medium: first, slow: second, tools: seen, instant: asked, scrapes: scraped }),
          reject,
        );
      };
      startSession({ transport, signal: abort.signal, onSample, onEnd: (fault) => reject(fault) }).then(
        (session) => session.setFastSeconds(windowSeconds),
        reject,
      );
    });
  } finally {
    abort.abort();
    transport.close();
  }
}

function compareAll(report: Report, { data }: Sample, tools: ToolWindow, interfaceName: string | null): void {
  const compare = comparer(report);
  compare('CPU busy', data.cpu?.total?.busy_percent, '%', { name: 'top', value: tools.cpuBusy }, 1);
  compare('memory used', data.memory?.used_bytes, 'B', { name: 'free', value: tools.memoryUsed }, 1 << 24);
  for (const [pid, { name, cpu }] of tools.processes) {
    if (cpu < leastProcessPercent) continue;
    const ours = data.processes?.list.find((process) => process.pid === pid);
    compare(`CPU of ${name} (${pid})`, ours?.cpu_percent, '%', { name: 'top', value: cpu }, 1);
  }
  for (const [name, { read, write }] of tools.disks ?? []) {
    const ours = data.disks?.list.find((disk) => disk.name === name);
    if (read > leastBytesPerSecond)
      compare(`read by ${name}`, ours?.read_bytes_per_second, 'B/s', { name: 'iostat', value: read });
    if (write > leastBytesPerSecond)
      compare(`written to ${name}`, ours?.write_bytes_per_second, 'B/s', { name: 'iostat', value: write });
  }
  for (const [name, { rx, tx }] of tools.interfaces ?? []) {
    if (name !== interfaceName) continue;
    const ours = data.network?.interfaces.find((one) => one.name === name);
    compare('received', ours?.rx_bytes_per_second, 'B/s', { name: 'sar', value: rx }, 1024);
    compare('sent', ours?.tx_bytes_per_second, 'B/s', { name: 'sar', value: tx });
  }
}

/** Each share of the CPUs' time: mpstat's word, and ours. */
const shares = [
  ['usr', 'user_percent', 'user'],
  ['nice', 'nice_percent', 'nice'],
  ['sys', 'system_percent', 'system'],
  ['iowait', 'iowait_percent', 'iowait'],
  ['irq', 'irq_percent', 'irq'],
  ['soft', 'softirq_percent', 'softirq'],
  ['steal', 'steal_percent', 'steal'],
  ['idle', 'idle_percent', 'idle'],
] as const;

function compareShares(report: Report, { data }: Sample, { cpuShares: told }: ToolWindow): void {
  const compare = comparer(report);
  for (const [word, key] of told === null ? [] : shares) {
    const ours = data.cpu?.total?.[key];
    compare(`CPU ${word}`, ours, '%', { name: 'mpstat', value: told?.get(word) ?? Number.NaN }, 1);
  }
}

function compareFilesystems(report: Report, { data }: Sample, { filesystems }: ToolInstant): void {
  const compare = comparer(report);
  for (const { mount, used_bytes: used, available_bytes: available } of data.filesystems?.list ?? []) {
    const told = filesystems.get(mount);
    if (told === undefined || told.used < leastBytes) continue;
    compare(`used of ${mount}`, used, 'B', { name: 'df', value: told.used });
    compare(`available of ${mount}`, available, 'B', { name: 'df', value: told.available });
  }
}

function comparePorts(report: Report, { data }: Sample, { listeners }: ToolInstant): void {
  if (listeners === null) return;
  const compare = comparer(report);
  const ours = new Set(data.listeners?.list.map(({ protocol, port }) => `${protocol} ${port}`));
  compare('listening ports', ours.size, '', { name: 'ss', value: listeners.size });
  const value =
    [...ours].filter((one) => !listeners.has(one)).length + [...listeners].filter((one) => !ours.has(one)).length;
  report({ bench: 'accuracy', figure: 'ports that one of them lacks', value, unit: '', bar: 0, rival: null });
}

function compareExporter(report: Report, fast: Sample, medium: Sample, [before, after]: readonly [Scrape, Scrape]) {
  const compare = comparer(report);
  const rival = (value: number | undefined) => ({ name: 'node_exporter', value: value ?? Number.NaN });
  const { cpu, memory, load, network, disks } = fast.data;
  const told = cpuShares(before, after);
  for (const [, key, mode] of shares) compare(`CPU ${mode}`, cpu?.total?.[key], '%', rival(told.get(mode)), 1);
  const get = (name: string) => after.get(name);
  const used = (get('node_memory_MemTotal_bytes') ?? Number.NaN) - (get('node_memory_MemAvailable_bytes') ?? 0);
  compare('memory used', memory?.used_bytes, 'B', rival(used), 1 << 24);
  compare('load of a minute', load?.one, '', rival(get('node_load1')), 0.5);
  const between = (name: string) => (get(name) ?? Number.NaN) - (before.get(name) ?? Number.NaN);
  const rate = (name: string) => between(name) / between('node_time_seconds');
  for (const { name, write_bytes_per_second: ours } of disks?.list ?? []) {
    const value = rate(`node_disk_written_bytes_total{device="${name}"}`);
    if (value > leastBytesPerSecond) compare(`written to ${name}`, ours, 'B/s', rival(value));
  }
  for (const { name, tx_bytes_per_second: ours } of network?.interfaces ?? []) {
    const value = rate(`node_network_transmit_bytes_total{device="${name}"}`);
    if (value > leastBytesPerSecond) compare(`sent by ${name}`, ours, 'B/s', rival(value));
  }
  for (const { mount, device, type, available_bytes: ours } of medium.data.filesystems?.list ?? []) {
    const value = get(`node_filesystem_avail_bytes{device="${device}",fstype="${type}",mountpoint="${mount}"}`);
    if (value !== undefined && value > leastBytes) compare(`available of ${mount}`, ours, 'B', rival(value));
  }
}

/**
 * Tells the value beside the tool's, and how much of the allowance the difference takes: 2 % of the tool's value or
 * `points`, whichever is more.
 */
function comparer(report: Report) {
  return (
    figure: string,
    ours: number | null | undefined,
    unit: string,
    rival: { readonly name: string; readonly value: number },
    points = 0,
  ): void => {
    const value = ours ?? Number.NaN;
    report({ bench: 'accuracy', figure, value, unit, bar: null, rival });
    const allowed = Math.max(points, Math.abs(rival.value) * 0.02);
    report({
      bench: 'accuracy',
      figure: `${figure}: off, of what is allowed`,
      value: Math.abs(value - rival.value) / allowed,
      unit: '',
      bar: 1,
      rival: null,
    });
  };
}
