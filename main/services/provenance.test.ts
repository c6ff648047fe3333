import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ConsoleClient, consoleContract } from '../contract/console.ts';
import type { Live } from '../contract/history.ts';
import { createClient } from '../contract/rpc/client.ts';
import type { Sample } from '../contract/samples.ts';
import { type ConsoleAccess, openConsole } from './console.ts';

let folder: string;
let access: ConsoleAccess;
let client: ConsoleClient;
let hostId: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rackside-provenance-'));
  access = await openConsole({ dataFolder: folder, version: '0.0.0-test' });
  client = createClient(consoleContract, access.connect());
  hostId = (await client['fleet.list']({})).hosts[0]?.host.id ?? '';
});
afterAll(async () => {
  await access.close();
  await rm(folder, { recursive: true, force: true });
});

type Path = (string | number)[];

/** Every single value, of lists the first two things. */
function leaves(value: unknown, path: Path = []): { path: Path; value: unknown }[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }];
  if (Array.isArray(value)) return value.slice(0, 2).flatMap((item, index) => leaves(item, [...path, index]));
  return Object.entries(value).flatMap(([key, part]) => leaves(part, [...path, key]));
}

/** Rates have come, and every kind has. */
function isWhole({ fast, medium, slow }: Live): boolean {
  return (
    fast?.data.cpu?.total != null && fast.data.processes?.window_seconds != null && medium !== null && slow !== null
  );
}

/** What each value of a sample is, and what its provenance computes; the two must not differ. */
async function askAll(id: string, { kind, collected_at, data }: Sample) {
  const { clock: _clock, problems: _problems, ...readings } = data;
  const asked = leaves(readings).filter(({ value }) => value !== null && value !== undefined);
  const answers = await Promise.all(
    asked.map(async ({ path }) => client['provenance.reading']({ hostId: id, kind, collected_at, path })),
  );
  return asked.map(({ path, value }, index) => {
    const told = answers[index];
    return { path: path.join('.'), value, told: told?.value ?? null, complete: told?.complete ?? false };
  });
}

test('every value of a live host is computed anew from the records that are shown for it, and so in its dump', async () => {
  const directory = join(folder, 'dump');
  await client['dumps.record']({ hostId, directory });
  let live: Live | null = null;
  for await (const next of client['host.live']({ hostId })) {
    live = next;
    if (isWhole(next)) break;
  }
  const samples = [live?.fast, live?.medium, live?.slow].filter((sample) => sample != null);
  // The host is left, and forgets its older rounds; those of the newest samples are still there.
  const found = (await Promise.all(samples.map((sample) => askAll(hostId, sample)))).flat();
  expect(found.length).toBeGreaterThan(60);
  expect(found.filter(({ value, told, complete }) => told !== value || !complete)).toEqual([]);

  await client['dumps.stop']({ hostId });
  const dump = await client['dumps.open']({ path: directory });
  const medium = live?.medium as Sample;
  const again = await askAll(dump.id, medium);
  expect(again.filter(({ value, told }) => told !== value)).toEqual([]);
});
