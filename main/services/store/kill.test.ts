import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compileStore, killOften, startProgram } from './kill-fixture.ts';
import { hostId, noise, span } from './sample-fixture.ts';
import { openStore } from './store.ts';

const start = Date.UTC(2026, 3, 22, 12, 0, 30);
let folder: string;
let child: ChildProcess | null = null;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rackside-kill-'));
  compileStore(join(folder, 'rackside.db'));
});
afterAll(() => {
  child?.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

/** Goes on from sample number `from`, and says the number of each sample that it was told is written. */
const ingest = (path: string, from: number) => `
  const { openStore } = await import(${JSON.stringify(new URL('./store.ts', import.meta.url).href)});
  const { fastSample, hostId } = await import(${JSON.stringify(new URL('./sample-fixture.ts', import.meta.url).href)});
  const store = await openStore({ path: ${JSON.stringify(path)} });
  for (let i = ${from}; ; i += 7) {
    store.append(hostId, Array.from({ length: 7 }, (_, k) => fastSample(${start} + (i + k) * 2000, i + k)));
    await store.flush();
    console.log(i + 6);
  }`;

/** A dozen processes that start, write and are killed: on a crowded machine that takes its time. */
const slow = 120_000;

test(
  'a kill in the middle of writing loses nothing that was written, and the file stays whole',
  async () => {
    const path = join(folder, 'rackside.db');
    let written = -1;
    for (const lines of [3, 25, 50, 8, 30]) {
      child = startProgram(ingest(path, written + 1), path);
      const exit = once(child, 'exit');
      let left = lines;
      for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
        written = Number(line);
        if (--left === 0) child.kill('SIGKILL');
      }
      await exit;
      const database = new Database(path);
      expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
      database.close();
    }

    const store = await openStore({ path });
    const samples = span(start, written + 1, 2000);
    const series = await store.series({
      hostId,
      readings: ['memory.used'],
      from: start,
      to: start + samples.length * 2000,
      points: 4000,
    });
    expect(series.times.slice(0, samples.length)).toEqual(samples.map((sample) => Date.parse(sample.collected_at)));
    expect(series.readings['memory.used']?.mean.slice(0, samples.length)).toEqual(
      samples.map((sample) => sample.data.memory?.used_bytes),
    );
    const last = samples.at(-1);
    expect(await store.processesAt(hostId, start + written * 2000)).toEqual({
      collected_at: last?.collected_at,
      clock: last?.data.clock,
      processes: last?.data.processes,
    });
    await store.close();
  },
  slow,
);

/** Says how many samples are written, each time as many as make two blocks; then they are sealed. */
const ingestBlocks = (path: string, from: number) => `
  const { openStore } = await import(${JSON.stringify(new URL('./store.ts', import.meta.url).href)});
  const { fastSample, hostId } = await import(${JSON.stringify(new URL('./sample-fixture.ts', import.meta.url).href)});
  const store = await openStore({ path: ${JSON.stringify(path)} });
  for (let i = ${from}; ; i += 480) {
    store.append(hostId, Array.from({ length: 480 }, (_, k) => fastSample(${start} + (i + k) * 2000, i + k)));
    await store.flush();
    console.log(i + 480);
    await new Promise((resolve) => setTimeout(resolve, 60));
  }`;

test(
  'kills while blocks are sealed, one after the other, lose nothing and keep nothing twice',
  async () => {
    const path = join(folder, 'sealing.db');
    let written = 0;
    // From before sealing begins until after a block or two: the next start is killed amid the same work.
    for (const delay of [15, 26, 28, 31, 35, 40, 50]) {
      child = startProgram(ingestBlocks(path, written), path);
      const exit = once(child, 'exit');
      for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
        written = Number(line);
        setTimeout(() => child?.kill('SIGKILL'), delay);
      }
      await exit;
    }

    const store = await openStore({ path });
    const expected = span(start, written, 2000);
    const request = { hostId, readings: ['memory.used'], from: start, to: start + written * 2000, points: written + 2 };
    const answer = async () => {
      const { times, readings } = await store.series(request);
      return [times.slice(0, written), readings['memory.used']?.mean.slice(0, written)];
    };
    const all = [
      expected.map((sample) => Date.parse(sample.collected_at)),
      expected.map((sample) => sample.data.memory?.used_bytes),
    ];
    expect(await answer()).toEqual(all);
    await store.close();
    const database = new Database(path);
    // A sample that is in a block and in the journal counts once: numbers of samples are those of the blocks.
    const inBlocks = database.prepare('select sum(samples) from block').pluck().get();
    const sealed = database.prepare('select sealed from stream').pluck().get();
    expect({ whole: database.pragma('integrity_check', { simple: true }), inBlocks }).toEqual({
      whole: 'ok',
      inBlocks: sealed,
    });
    database.close();
  },
  slow,
);

test(
  'kills at any instant lose no sealed block, nothing that was written, and one flush at most',
  async () => {
    let drawn = 0;
    const { sealed, flushesMissing, ...found } = await killOften(join(folder, 'often.db'), 8, () => noise(drawn++));
    expect(found).toEqual({ kills: 8, damaged: 0, lost: 0 });
    expect(flushesMissing).toBeLessThanOrEqual(1);
    expect(sealed).toBeGreaterThan(0);
  },
  slow,
);
