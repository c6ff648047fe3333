import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright';
import { startWebShell } from '../e2e/shells/web.ts';
import type { Host } from '../main/contract/hosts.ts';
import type { Sample } from '../main/contract/samples.ts';
import { openStore } from '../main/services/store/store.ts';
import { percentile } from './measure.ts';
import type { Report } from './report.ts';
import { WalkingHost } from './walking-host.ts';

const cores = 480;
const stepsPerSecond = 20;
const seconds = 10;
const historyMs = 15 * 60_000;
const host: Host = {
  id: '00000000-0000-4000-8000-000000000001',
  name: 'This machine',
  target: { transport: 'local' },
  group: null,
  tags: [],
  addedAt: 0,
};

/**
 * How long a step of the time cursor takes to the screen: the built web shell in Chromium, a quarter of an hour of a
 * host with 480 cores behind it and this machine live after it, every chart open. Each step is a real movement of the
 * mouse; its time is from when the browser had it to when the frame with it was drawn.
 */
export async function scrubBench(report: Report): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'rackside-bench-'));
  const dataFolder = join(folder, 'data');
  await fillStore(dataFolder);
  const shell = await startWebShell({ dataFolder, home: folder });
  try {
    const { page } = shell;
    await openAllCharts(page);
    const charts = await page.locator('.chart-body').count();
    const { times, lasted } = await scrub(page);
    const figure = { bench: 'scrub', rival: null };
    report({ ...figure, figure: 'charts open', value: charts, unit: '', bar: null });
    report({ ...figure, figure: 'steps in a second', value: (1000 * times.length) / lasted, unit: '', bar: null });
    report({ ...figure, figure: 'step to paint, median', value: percentile(times, 50), unit: 'ms', bar: null });
    report({ ...figure, figure: 'step to paint, p95', value: percentile(times, 95), unit: 'ms', bar: 50 });
    report({ ...figure, figure: 'step to paint, longest', value: Math.max(...times), unit: 'ms', bar: null });
  } finally {
    await shell.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the charts show besides CPU, memory and load. */
export function withDevices(sample: Sample, turn: number): Sample {
  const wave = (base: number) => base * (1 + Math.sin(turn / 7));
  const percent = { avg10_percent: 1, avg60_percent: 1, avg300_percent: 1 };
  const some = { some: { stalled_percent: wave(3), ...percent }, full: null };
  const total = { rx_bytes_per_second: wave(1e6), tx_bytes_per_second: wave(1e5) };
  const quiet = {
    rx_packets_per_second: 0,
    tx_packets_per_second: 0,
    rx_errors_per_second: 0,
    tx_errors_per_second: 0,
  };
  const drops = { rx_drops_per_second: 0, tx_drops_per_second: 0 };
  const disks = { read_bytes_per_second: wave(1e6), write_bytes_per_second: wave(4e6) };
  return {
    ...sample,
    data: {
      ...sample.data,
      pressure: { cpu: some, memory: some, io: some, irq: null },
      network: { total: { ...total, ...quiet, ...drops }, interfaces: [] },
      disks: { total: disks, list: [] },
      cost: { cpu_ms: wave(5), round_ms: wave(20), bytes: 12_000 },
    },
  };
}

async function fillStore(dataFolder: string): Promise<void> {
  const store = await openStore({ path: join(dataFolder, 'rackside.db') });
  await store.saveHost(host);
  const walking = new WalkingHost(1, cores);
  const now = Date.now();
  for (let at = now - historyMs; at < now; at += 2000)
    store.append(host.id, [withDevices(walking.next(at), at / 2000)]);
  await store.flush();
  await store.close();
}

async function openAllCharts(page: Page): Promise<void> {
  await page.locator('.fleet-row').first().click();
  // These two are shut at first.
  for (const name of ['Disk busy', 'Collecting']) await page.getByRole('button', { name, exact: true }).click();
  await page.locator('.chart-drawing path').first().waitFor();
  await page.getByText('Following the clock').waitFor();
  // The first pages of the cores come one after the other.
  await sleep(3000);
}

/** Runs in the page, as text: the bench is compiled without one. A message posted in a frame is read once that was drawn. */
const timeSteps = `{
  const times = (window.stepTimes = []);
  const begun = [];
  const channel = new MessageChannel();
  channel.port1.onmessage = () => {
    for (const at of begun.splice(0)) times.push(performance.now() - at);
  };
  window.addEventListener('pointermove', ({ timeStamp }) => {
    requestAnimationFrame(() => {
      begun.push(timeStamp);
      channel.port2.postMessage(null);
    });
  });
}`;

/** Moves the mouse over the CPU chart, and answers for each movement how many milliseconds it took to the screen. */
export async function scrub(page: Page): Promise<{ times: number[]; lasted: number }> {
  const slider = page.getByRole('slider', { name: 'CPU chart, time cursor' });
  await slider.scrollIntoViewIfNeeded();
  const box = await slider.boundingBox();
  if (box === null) throw new Error('The CPU chart is not on the page.');
  await page.evaluate(timeSteps);
  const from = performance.now();
  const steps = stepsPerSecond * seconds;
  for (let step = 0; step < steps; step += 1) {
    // There and back, so that steps are as wide as a hand's.
    const share = Math.abs(((step / 50) % 2) - 1);
    await page.mouse.move(box.x + 4 + share * (box.width - 8), box.y + box.height / 2);
    await sleep(Math.max(0, from + ((step + 1) * 1000) / stepsPerSecond - performance.now()));
  }
  const lasted = performance.now() - from;
  const times = await page.evaluate<number[]>('window.stepTimes');
  if (times.length === 0) throw new Error('No movement of the mouse came to the page.');
  return { times, lasted };
}
