import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type ConsoleClient, consoleContract } from '../contract/console.ts';
import type { HostView } from '../contract/hosts.ts';
import type { Recording } from '../contract/recordings.ts';
import { createClient } from '../contract/rpc/client.ts';
import type { Sample } from '../contract/samples.ts';
import { openConsole, replayDump } from './console.ts';

/** Capture in a running console, of this machine. */
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function thisMachine(client: ConsoleClient): Promise<HostView> {
  const [view] = (await client['fleet.list']({})).hosts;
  return view as HostView;
}

/** Looks at the host all the time, and remembers what it said. */
function look(client: ConsoleClient, hostId: string) {
  const seen = new Map<string, Sample>();
  const stop = new AbortController();
  const looking = (async () => {
    for await (const { fast } of client['host.live']({ hostId }, stop.signal)) {
      if (fast !== null) seen.set(fast.collected_at, fast);
    }
  })();
  looking.catch(() => {});
  cleanups.push(async () => stop.abort());
  const more = (samples: number) => {
    const enough = seen.size + samples;
    return expect.poll(() => seen.size).toBeGreaterThanOrEqual(enough);
  };
  return { seen, more };
}

async function replayOf(directory: string): Promise<{ notes: string[]; fast: Sample[] }> {
  const notes: string[] = [];
  const fast: Sample[] = [];
  for await (const sample of replayDump(directory, (note) => notes.push(note))) {
    if (sample.kind === 'fast') fast.push(sample);
  }
  return { notes, fast };
}

/** Command lines and user names are told once, when a process comes into the list. */
const told = (sample: Sample | undefined) =>
  sample?.data.processes?.list.map(({ pid, command, user, memory_bytes }) => [pid, command, user, memory_bytes]);

test('off, nothing is made; the last minutes are saved, a recording ends by itself, and at the end of all too', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'rackside-capture-'));
  cleanups.push(() => rm(dataFolder, { recursive: true, force: true }));
  const access = await openConsole({ dataFolder, version: '0.0.0-test' });
  cleanups.push(() => access.close());
  const client = createClient(consoleContract, access.connect());
  const hostId = (await thisMachine(client)).host.id;
  await client['hosts.connect']({ hostId });
  await client['settings.set']({ 'intervals.watched_seconds': 1 });
  const { seen, more } = look(client, hostId);
  await more(1);
  expect([(await thisMachine(client)).ring, existsSync(join(dataFolder, 'dumps'))]).toEqual([null, false]);
  await expect(client['dumps.saveRing']({ hostId, minutes: 1 })).rejects.toMatchObject({
    fault: { code: 'not_found' },
  });

  await client['settings.set']({ 'recording.ring_minutes': 1 });
  await more(3);
  const { ring } = await thisMachine(client);
  expect(ring?.bytes).toBeGreaterThan(1000);
  // The newest round alone knows what was told in the first one.
  const saved = await client['dumps.saveRing']({ hostId, minutes: 0.001 });
  const short = await replayOf(saved.directory);
  const [newest] = short.fast;
  expect([short.notes, short.fast.length]).toEqual([[], 1]);
  expect(told(newest)?.length).toBeGreaterThan(0);
  expect(told(newest)).toEqual(told(seen.get(newest?.collected_at ?? '')));

  expect(
    (await replayOf((await client['dumps.saveRing']({ hostId, minutes: 1 })).directory)).fast.length,
  ).toBeGreaterThan(1);

  const folder = join(dataFolder, 'chosen');
  const begun = await client['dumps.record']({ hostId, folder, minutes: 0.05, by: 'command line' });
  expect(begun).toMatchObject({ dumps: 1, until: expect.any(Number), by: 'command line', fault: null });
  expect((await thisMachine(client)).recording).toMatchObject({ directory: begun.directory, until: begun.until });
  let last: Recording | null = null;
  for await (const recording of client['dumps.recording']({ hostId })) last = recording;
  expect((await thisMachine(client)).recording).toBeNull();
  const timed = await replayOf(begun.directory);
  expect([begun.directory.startsWith(folder), timed.notes, timed.fast.length > 0]).toEqual([true, [], true]);
  expect([last?.directory, (last?.entries ?? 0) > 10]).toEqual([begun.directory, true]);

  const { directory } = await client['dumps.record']({ hostId });
  await more(2);
  await access.close();
  const { notes, fast } = await replayOf(directory);
  expect([notes, fast.length > 0]).toEqual([[], true]);
  for (const sample of fast.slice(0, 2)) expect(told(sample)).toEqual(told(seen.get(sample.collected_at)));
}, 60_000);
