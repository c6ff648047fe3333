import { mkdtemp, rm } from 'node:fs/promises';
import { hostname, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Sample } from '../contract/samples.ts';
import { startSession } from './collect/session.ts';
import { openDumpWriter } from './dumps/dump-writer.ts';
import { openDump } from './dumps/open-dump.ts';
import { countsOf, slice } from './dumps/slice/slice-fixture.ts';
import { createLocalConnect } from './local/create-local-connect.ts';

const never = new AbortController().signal;
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rackside-slice-law-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Some rounds of this machine, as they are recorded. */
async function recordThisMachine(directory: string): Promise<void> {
  const transport = await createLocalConnect()(
    { onStep: () => undefined, ask: () => Promise.reject(new Error('Asked')) },
    never,
  );
  const writer = await openDumpWriter({ directory, onFault: (fault) => expect(fault).toBeNull() });
  const ended = Promise.withResolvers<void>();
  const kinds: string[] = [];
  const session = await startSession({
    transport,
    signal: never,
    onRecord: writer.push,
    onSample: ({ kind }) => {
      kinds.push(kind);
      if (kinds.filter((one) => one === 'fast').length >= 3 && kinds.includes('medium')) ended.resolve();
    },
    onEnd: (fault) => (fault === null ? ended.resolve() : ended.reject(new Error(fault.message))),
  });
  session.setFastSeconds(1);
  await ended.promise;
  session.close();
  await writer.close();
  transport.close();
}

async function samplesOf(path: string): Promise<{ recorded: Sample[]; replayed: Sample[] }> {
  const dump = await openDump(path);
  const [recorded, replayed]: Sample[][] = [[], []];
  for await (const sample of dump.recorded()) recorded?.push(sample);
  for await (const sample of dump.replay()) replayed?.push(sample);
  await dump.close();
  return { recorded: recorded ?? [], replayed: replayed ?? [] };
}

/** The value with each text that differs replaced by the original's, if each of them always stands for the same. */
function named(shared: unknown, original: unknown, names: Map<string, string>): unknown {
  if (typeof shared === 'string' && typeof original === 'string') {
    const before = names.get(shared) ?? original;
    names.set(shared, before);
    return shared.length === original.length ? before : shared;
  }
  if (Array.isArray(shared) && Array.isArray(original))
    return shared.map((one, index) => named(one, original[index], names));
  if (typeof shared !== 'object' || shared === null || typeof original !== 'object' || original === null) return shared;
  return Object.fromEntries(
    Object.entries(shared).map(([key, value]) => [
      key,
      named(value, (original as Record<string, unknown>)[key], names),
    ]),
  );
}

test('a redacted slice of this machine replays to what it says itself, and to the original but for names', async () => {
  const [source, shared] = [join(folder, 'source'), join(folder, 'shared')];
  await recordThisMachine(source);
  // Words that are surely in it, also where neither the machine nor its user has a name of its own.
  await slice(source, shared, { words: ['vitest'], names: [hostname(), userInfo().username] });
  expect(await countsOf(shared)).toEqual(await countsOf(source));
  const [before, after] = [await samplesOf(source), await samplesOf(shared)];
  expect(after.recorded.length).toBeGreaterThan(3);
  expect(after.replayed).toEqual(after.recorded);
  expect(named(after.recorded, before.recorded, new Map())).toEqual(before.recorded);
  const bootIds = (samples: Sample[]) => new Set(samples.map(({ data }) => data.clock.boot_id));
  expect([bootIds(after.recorded).size, JSON.stringify(after).includes('vitest')]).toEqual([
    bootIds(before.recorded).size,
    false,
  ]);
});
