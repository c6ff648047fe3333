import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Sample } from '../contract/samples.ts';
import type { CommandRecord } from '../domain/collect/record.ts';
import { startSession } from './collect/session.ts';
import { openDumpWriter } from './dumps/dump-writer.ts';
import { openDump } from './dumps/open-dump.ts';
import { createLocalConnect } from './local/create-local-connect.ts';

const never = new AbortController().signal;
let directory = '';

beforeEach(async () => {
  directory = join(await mkdtemp(join(tmpdir(), 'rackside-law-')), 'dump');
});
afterEach(() => rm(join(directory, '..'), { recursive: true, force: true }));

/** Collects this machine until that many fast samples came, and records it from the first record on. */
async function record(fastSamples: number): Promise<{ live: Sample[]; records: CommandRecord[] }> {
  const transport = await createLocalConnect()({ onStep: () => undefined, ask: () => Promise.reject() }, never);
  const writer = await openDumpWriter({ directory, onFault: (fault) => expect(fault).toBeNull() });
  const live: Sample[] = [];
  const records: CommandRecord[] = [];
  const ended = Promise.withResolvers<void>();
  const session = await startSession({
    transport,
    signal: never,
    onRecord: (one) => {
      records.push(one);
      writer.push(one);
    },
    onSample: (sample) => {
      live.push(sample);
      const kinds = live.map(({ kind }) => kind);
      if (kinds.filter((kind) => kind === 'fast').length >= fastSamples && kinds.includes('medium')) ended.resolve();
    },
    onEnd: (fault) => (fault === null ? ended.resolve() : ended.reject(new Error(fault.message))),
  });
  session.setFastSeconds(1);
  try {
    await ended.promise;
  } finally {
    session.close();
    await writer.close();
    transport.close();
  }
  return { live, records };
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

async function read(path: string) {
  const dump = await openDump(path);
  try {
    return {
      replayed: await all(dump.replay()),
      recorded: await all(dump.recorded()),
      records: await all(dump.records()),
      notes: [...dump.notes],
    };
  } finally {
    await dump.close();
  }
}

test('replaying a dump of this machine gives its samples.log, and what was seen live; also when it is continued', async () => {
  const first = await record(3);
  const dump = await read(directory);
  expect(dump.notes).toEqual([]);
  expect(dump.replayed.length).toBeGreaterThanOrEqual(4);
  expect(dump.replayed).toEqual(dump.recorded);
  expect(dump.recorded).toEqual(first.live);
  expect(dump.replayed.at(-1)?.data.cpu?.total?.busy_percent).toBeGreaterThanOrEqual(0);
  expect(dump.records.map(({ command }) => command)).toEqual(first.records.map(({ command }) => command));
  expect(dump.records.map(({ stdout }) => stdout)).toEqual(first.records.map(({ stdout }) => Uint8Array.from(stdout)));

  const second = await record(2);
  const continued = await read(directory);
  expect(continued.notes).toEqual([]);
  expect(continued.replayed).toEqual(continued.recorded);
  expect(continued.replayed.length).toBe(first.live.length + second.live.length);

  const modes = await Promise.all(
    ['.', 'commands.log', 'samples.log'].map(async (name) => (await stat(join(directory, name))).mode & 0o777),
  );
  expect(modes).toEqual([0o700, 0o600, 0o600]);
  expect(await readFile(join(directory, 'samples.log'), 'utf8')).toMatch(
    /^===== \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z {2}kind=(fast|medium) =====\n\{\n {2}"collected_at": "/,
  );
});
