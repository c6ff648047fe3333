import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserContext } from 'playwright';
import { startWebShell } from '../e2e/shells/web.ts';
import { consoleContract } from '../main/contract/console.ts';
import { serve } from '../main/contract/rpc/server.ts';
import { takeOrAttach } from '../main/services/owner/take-or-attach.ts';
import { versionOfThis } from './built-console.ts';
import { median, percentile } from './measure.ts';
import { openQuietPage, type QuietPage } from './quiet-page.ts';
import type { Report } from './report.ts';
import { createWalkingFleet, type WalkingFleet } from './walking-fleet.ts';

const hosts = 1000;
const paints = 5;
const updates = 30;
const idleSeconds = 10;
const presses = 9;
const scrolledSeconds = 5;
/** As many as a trend has points, closer together than those that are measured. */
const warmUps = { count: 40, everyMs: 300 } as const;

/**
 * What a page with a thousand hosts costs its browser: the built web shell in Chromium, attached to this process, which
 * owns the data folder and answers `fleet.watch` and nothing else. Every host has a new sample once a second.
 */
export async function fleetBench(report: Report): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'rackside-bench-'));
  const dataFolder = join(folder, 'data');
  const fleet = await createWalkingFleet(hosts);
  fleet.walk();
  const access = await takeOrAttach({ dataFolder, version: versionOfThis(), build: async () => answering(fleet) });
  try {
    const shell = await startWebShell({ dataFolder, home: folder });
    try {
      await shell.page.locator('.fleet-row').first().waitFor();
      const url = shell.page.url();
      await shell.page.close();
      const { page, painted } = await timePaints(shell.context, url);
      const { busy, idle } = await timeUpdates(fleet, page);
      const listed = await timeProblems(page);
      const tasks = await timeScroll(fleet, page);
      const figure = { bench: 'fleet', unit: 'ms', rival: null };
      report({
        ...figure,
        figure: '1,000 hosts, navigation to the first row painted',
        value: median(painted),
        bar: 500,
      });
      report({
        ...figure,
        figure: 'CPU of the main thread in a second with an update of all, median',
        value: median(busy),
        bar: 16,
      });
      report({ ...figure, figure: 'the same, p95', value: percentile(busy, 95), bar: 16 });
      report({
        ...figure,
        figure: 'the same in a second without one, in which only ages count, median',
        value: median(idle),
        bar: null,
      });
      report({
        ...figure,
        figure: 'from the press to the list of what is wrong painted, worst first: 250 of the 1,000, median',
        value: median(listed),
        bar: null,
      });
      report({
        ...figure,
        figure: 'longest task of 50 ms or more in 5 s of scrolling',
        value: Math.max(0, ...tasks),
        bar: 50,
      });
    } finally {
      await shell.close();
    }
  } finally {
    await access.close({ now: true });
    rmSync(folder, { recursive: true, force: true });
  }
}

function answering({ service }: WalkingFleet) {
  const contract = { 'fleet.watch': consoleContract['fleet.watch'] };
  return {
    serve: (wire: Parameters<typeof serve>[2]) =>
      serve(contract, { 'fleet.watch': (_input, signal) => service.watch(signal) }, wire),
    close: () => service.close(),
  };
}

/** Runs in the page, as text: the bench is compiled without one. A message posted in a frame is read once that was drawn. */
const timeFirstRow = `window.firstRowAt = new Promise((resolve) => {
  const channel = new MessageChannel();
  channel.port1.onmessage = () => resolve(performance.now());
  new MutationObserver((_records, observer) => {
    if (document.querySelector('.fleet-row') === null) return;
    observer.disconnect();
    requestAnimationFrame(() => channel.port2.postMessage(null));
  }).observe(document, { childList: true, subtree: true });
})`;

/** Milliseconds from the navigation to the first row, again and again with nothing cached; and the last of these pages. */
async function timePaints(context: BrowserContext, url: string): Promise<{ page: QuietPage; painted: number[] }> {
  const painted: number[] = [];
  for (;;) {
    const page = await openQuietPage(context);
    await page.send('Page.enable');
    await page.send('Page.addScriptToEvaluateOnNewDocument', { source: timeFirstRow });
    await page.send('Page.navigate', { url });
    painted.push(await page.evaluate<number>('window.firstRowAt'));
    if (painted.length === paints) return { page, painted };
    await page.send('Page.close');
  }
}

interface Metrics {
  readonly metrics: readonly { readonly name: string; readonly value: number }[];
}

/** CPU milliseconds of the page's main thread in each second: with one update of all hosts in it, and with none. */
async function timeUpdates(fleet: WalkingFleet, page: QuietPage): Promise<{ busy: number[]; idle: number[] }> {
  for (let turn = 0; turn < warmUps.count; turn += 1) {
    fleet.walk();
    await sleep(warmUps.everyMs);
  }
  await page.send('Performance.enable', { timeDomain: 'threadTicks' });
  const busySeconds = async () => {
    const { metrics } = await page.send<Metrics>('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
  };
  const timeSeconds = async (count: number, begin: () => void) => {
    const times: number[] = [];
    let before = await busySeconds();
    for (let turn = 0; turn < count; turn += 1) {
      begin();
      await sleep(1000);
      const after = await busySeconds();
      times.push((after - before) * 1000);
      before = after;
    }
    return times;
  };
  const idle = await timeSeconds(idleSeconds, () => {});
  return { idle, busy: await timeSeconds(updates, fleet.walk) };
}

/** Of the button that leaves those with problems: until its list is drawn. */
const pressProblems = `new Promise((resolve) => {
  const channel = new MessageChannel();
  const began = performance.now();
  channel.port1.onmessage = () => resolve(performance.now() - began);
  document.querySelector('.fleet [aria-pressed][title^="Only hosts with which something is wrong"]').click();
  requestAnimationFrame(() => channel.port2.postMessage(null));
})`;

/** Milliseconds of each press that shows them; another one shows all again. */
async function timeProblems(page: QuietPage): Promise<number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < presses; turn += 1) {
    times.push(await page.evaluate<number>(pressProblems));
    await page.evaluate<number>(pressProblems);
  }
  return times;
}

const noteLongTasks = `{
  const tasks = (window.longTasks = []);
  const note = (list) => tasks.push(...list.getEntries().map(({ duration }) => duration));
  new PerformanceObserver(note).observe({ type: 'longtask' });
}`;

/** Scrolls from end to end while updates come; answers the tasks in which the page was held up. */
async function timeScroll(fleet: WalkingFleet, page: QuietPage): Promise<number[]> {
  await page.evaluate(noteLongTasks);
  const walking = setInterval(fleet.walk, 1000);
  try {
    const end = performance.now() + scrolledSeconds * 1000;
    for (let turn = 0; performance.now() < end; turn += 1) {
      await page.send('Input.dispatchMouseEvent', {
        ...{ type: 'mouseWheel', x: 600, y: 400, deltaX: 0 },
        deltaY: turn % 200 < 100 ? 500 : -500,
      });
      await sleep(16);
    }
  } finally {
    clearInterval(walking);
  }
  const scrolled = await page.evaluate<number>("document.querySelector('.fleet-scroll').scrollTop");
  if (scrolled === 0) throw new Error('The list was not scrolled.');
  return page.evaluate<number[]>('window.longTasks');
}
