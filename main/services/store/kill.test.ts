import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hostId, span } from './sample-fixture.ts';
import { openStore } from './store.ts';

const start = Date.UTC(2026, 3, 22, 12, 0, 30);
let folder: string;
let child: ChildProcess | null = null;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rackside-kill-'));
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

test('a kill in the middle of writing loses nothing that was written, and the file stays whole', async () => {
  const path = join(folder, 'rackside.db');
  let written = -1;
  for (const lines of [3, 25, 50, 8, 30]) {
    child = spawn(process.execPath, ['--input-type=module', '-e', ingest(path, written + 1)], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {},
    });
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
    processes: last?.data.processes,
  });
  await store.close();
});
