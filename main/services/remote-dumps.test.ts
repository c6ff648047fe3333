import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { faultOf, forThisTest, temporaryDirectory } from '../../e2e/lab/connecting.ts';
import { type ConsoleClient, consoleContract } from '../contract/console.ts';
import type { DumpPull } from '../contract/dumps-on-hosts.ts';
import { createClient } from '../contract/rpc/client.ts';
import { formatEntry } from '../domain/dump/format-entry.ts';
import { openConsole } from './console.ts';
import { proxmonSamples } from './dumps/proxmon-fixture.ts';

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

/** A console that has this machine as its host, and is connected to it. */
async function startConsole(folder: string): Promise<{ client: ConsoleClient; hostId: string }> {
  const access = await openConsole({ dataFolder: folder, version: '0.0.0-test' });
  await forThisTest(Promise.resolve({ stop: () => access.close() }));
  const client = createClient(consoleContract, access.connect());
  for await (const { hosts } of client['fleet.watch']({})) {
    const live = hosts.find(({ connection }) => connection?.state === 'live');
    if (live !== undefined) return { client, hostId: live.id };
  }
  throw new Error('The stream ended.');
}

async function dumpOnDisk(): Promise<string> {
  const directory = join(temporaryDirectory(), 'tank');
  await mkdir(directory);
  const entries = Array.from({ length: 400 }, (_, index) =>
    Buffer.concat(
      formatEntry({
        ...{ command: 'zpool status', endedAt: Date.UTC(2026, 3, 22) + index * 1000, exit: index % 7, error: null },
        ...{ durationMs: 1, stdout: Buffer.from(`run ${index} says needle-${index}\n`.repeat(300)) },
        ...{ stderr: Buffer.alloc(0), truncated: false, timedOut: false },
      }),
    ),
  );
  await writeFile(join(directory, 'commands.log'), Buffer.concat(entries));
  await writeFile(join(directory, 'samples.log'), proxmonSamples);
  return directory;
}

test('a dump on a host is listed at once, read as it is looked at, and searched when all of it was taken', async () => {
  const folder = temporaryDirectory();
  const { client, hostId } = await startConsole(folder);
  const path = await dumpOnDisk();
  const found = await client['dumps.findOnHost']({ hostId, directories: [path] });
  expect(found.dumps.map((dump) => dump.path)).toEqual([path]);

  const here = await client['dumps.open']({ path });
  const there = await client['dumps.openOnHost']({ hostId, path });
  expect([there.name, there.target]).toEqual([
    'tank on This machine',
    { transport: 'replay', path: `This machine:${path}` },
  ]);
  const pageOf = (id: string) => client['dumps.page']({ hostId: id, filter: {}, from: 0, limit: 1000 });
  const page = await pageOf(there.id);
  expect(page).toEqual(await pageOf(here.id));
  const { offset, size } = page.entries[200] as (typeof page.entries)[number];
  const window = { hostId: there.id, offset, length: size };
  expect(Buffer.concat(await collect(client['dumps.bytes'](window))).toString()).toBe(
    'run 200 says needle-200\n'.repeat(300),
  );
  expect(await client['dumps.sample']({ hostId: there.id, place: { position: 2 } })).toMatchObject({
    ...{ status: 'foreign', text: expect.stringContaining('99'), previous: expect.stringContaining('12.5') },
  });

  const search = { hostId: there.id, pattern: 'needle-399', regex: false, matchCase: true };
  const refused = { code: 'bad_input', message: expect.stringContaining('take it to this machine first') };
  expect(await faultOf(collect(client['dumps.search'](search)))).toMatchObject(refused);
  expect(await faultOf(client['dumps.differences']({ hostId: there.id }))).toMatchObject(refused);
  const notesOf = async () =>
    (await client['fleet.list']({})).hosts.find(({ host }) => host.id === there.id)?.connection;
  expect(await notesOf()).toMatchObject({ notes: [expect.stringContaining('This dump lies on This machine')] });

  const onHost = async () =>
    (await client['dumps.status']({ hostId: there.id })[Symbol.asyncIterator]().next()).value?.onHost;
  const whole = await onHost();
  expect(whole?.hereBytes).toBeLessThan(whole?.bytes ?? 0);
  const states: DumpPull[] = await collect(client['dumps.pull']({ hostId: there.id }));
  const total = (await readFile(join(path, 'commands.log'))).length + proxmonSamples.length;
  expect(states.at(-1)).toEqual({ bytes: total, size: total, state: 'done', checked: true });
  expect(whole?.bytes).toBe(total);
  await expect.poll(onHost).toBeNull();
  expect((await collect(client['dumps.search'](search))).at(-1)).toMatchObject({ hits: 300, entries: 1, done: true });
  // Its gauges come when all of it is here.
  await expect
    .poll(
      async () =>
        (await client['host.live']({ hostId: there.id })[Symbol.asyncIterator]().next()).value?.fast?.data.load?.one,
    )
    .toBe(4);

  await client['hosts.remove']({ hostId: there.id });
  await expect.poll(() => readdir(join(folder, 'dumps-on-hosts'))).toEqual([]);
  expect(await faultOf(collect(client['dumps.pull']({ hostId: there.id })))).toMatchObject({ code: 'not_found' });
}, 60_000);
