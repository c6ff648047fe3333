import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startWebShell } from '../e2e/shells/web.ts';
import { formatSample } from '../main/domain/dump/format-sample.ts';
import { percentile } from './measure.ts';
import type { Report } from './report.ts';
import { scrub, withDevices } from './scrub.ts';
import { WalkingHost } from './walking-host.ts';

const cores = 24;
const hours = 2;
const everyMs = 2000;
const playedMs = 60_000;

/**
 * A dump of two hours at two seconds, opened in the built web shell: how long a step of the cursor takes to the screen
 * with gauges, tables and commands behind it, then a minute of playback at 60 times, frame by frame.
 */
export async function replayBench(report: Report): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'rackside-bench-'));
  const dump = join(folder, 'two-hours');
  writeDump(dump);
  const shell = await startWebShell({ dataFolder: join(folder, 'data'), home: folder });
  try {
    const { page } = shell;
    const figure = { bench: 'replay', rival: null };
    await page.getByRole('link', { name: 'Diagnostics' }).click();
    await page.getByLabel('Path of a dump').fill(dump);
    const opened = performance.now();
    await page.keyboard.press('Enter');
    await page.locator('.chart-drawing path').first().waitFor({ state: 'attached' });
    const drawn = performance.now() - opened;
    report({ ...figure, figure: 'path to first charts', value: drawn, unit: 'ms', bar: null });
    await page.locator('.playback-progress[data-done="true"]').waitFor({ state: 'attached' });
    report({ ...figure, figure: 'path to all replayed', value: performance.now() - opened, unit: 'ms', bar: null });
    await sleep(2000);

    const { times } = await scrub(page);
    report({ ...figure, figure: 'step to paint, median', value: percentile(times, 50), unit: 'ms', bar: null });
    report({ ...figure, figure: 'step to paint, p95', value: percentile(times, 95), unit: 'ms', bar: 50 });
    report({ ...figure, figure: 'step to paint, longest', value: Math.max(...times), unit: 'ms', bar: null });

    await page.mouse.move(2, 2);
    await page.getByLabel('Speed').selectOption('60');
    await page.getByRole('button', { name: 'To the beginning' }).click();
    await page.evaluate(timeFrames);
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await sleep(playedMs);
    const frames = await page.evaluate<number[]>('window.frameTimes');
    report({
      ...figure,
      figure: 'frames in a second of playback',
      value: frames.length / (playedMs / 1000),
      unit: '',
      bar: null,
    });
    report({ ...figure, figure: 'frame of playback, p95', value: percentile(frames, 95), unit: 'ms', bar: 50 });
    report({ ...figure, figure: 'frame of playback, longest', value: Math.max(...frames), unit: 'ms', bar: 200 });
  } finally {
    await shell.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeDump(folder: string): void {
  mkdirSync(folder);
  const walking = new WalkingHost(1, cores);
  const begin = Date.UTC(2026, 3, 22, 20, 0, 0);
  const samples: string[] = [];
  for (let at = begin; at < begin + hours * 3_600_000; at += everyMs) {
    samples.push(formatSample(withDevices(walking.next(at), at / everyMs), at));
  }
  writeFileSync(join(folder, 'samples.log'), samples.join(''));
  writeFileSync(join(folder, 'commands.log'), '');
}

/** Runs in the page, as text: the distance of each frame from the one before. */
const timeFrames = `{
  const times = (window.frameTimes = []);
  let before = null;
  const frame = (now) => {
    if (before !== null) times.push(now - before);
    before = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}`;
