import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Sample } from '../main/contract/samples.ts';
import { startSession } from '../main/services/collect/session.ts';
import { createLocalConnect } from '../main/services/local/create-local-connect.ts';
import { type ToolWindow, watchWithTools } from './field-tools.ts';
import { startKnownLoad } from './known-load.ts';
import type { Report } from './report.ts';

/** Short windows show how the tools' own grids differ, and nothing else. */
const windowSeconds = 20;
/** A tool's share of a process that used less says more of its rounding. */
const leastProcessPercent = 5;
/** Below this a rate is not load, but whatever else the machine does. */
const leastBytesPerSecond = 200_000;

/** Rackside's numbers beside those of `top`, `free`, `iostat` and `sar` for the same seconds under a known load. */
export async function accuracyBench(report: Report): Promise<void> {
  // Not /tmp: what lives in memory has no disk that could be busy.
  const folder = mkdtempSync(join(process.cwd(), '.rackside-accuracy-'));
  const load = await startKnownLoad(folder);
  try {
    const { sample, tools } = await watchBoth();
    compareAll(report, sample, tools, load.interfaceName);
    const lacks = [
      load.lacks,
      tools.disks === null ? 'disks need sysstat’s iostat' : null,
      tools.interfaces === null ? 'the network needs sysstat’s sar' : null,
    ].filter((reason) => reason !== null);
    if (lacks.length > 0) console.error(`accuracy: not all was compared: ${lacks.join('; ')}.`);
  } finally {
    await load.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Two samples, and what the tools saw in between: they start as the first one comes. */
async function watchBoth(): Promise<{ sample: Sample; tools: ToolWindow }> {
  const abort = new AbortController();
  const prompts = { onStep: () => {}, ask: () => Promise.reject(new Error('This machine asks nothing.')) };
  const transport = await createLocalConnect()(prompts, abort.signal);
  try {
    return await new Promise((resolve, reject) => {
      let tools: Promise<ToolWindow> | null = null;
      let count = 0;
      const onSample = (sample: Sample) => {
        if (sample.kind !== 'fast') return;
        count += 1;
        // The first two are close together, for the first CPU share; the grid begins with the third.
        if (count === 3) tools = watchWithTools(windowSeconds);
        if (count === 4) (tools as Promise<ToolWindow>).then((seen) => resolve({ sample, tools: seen }), reject);
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
