import { appendFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { faultOf, forThisTest, temporaryDirectory } from '../../e2e/lab/connecting.ts';
import { consoleContract } from '../contract/console.ts';
import { createClient } from '../contract/rpc/client.ts';
import { formatEntry } from '../domain/dump/format-entry.ts';
import { inspectDump } from './console/inspect-dump.ts';
import { openConsole } from './console.ts';
import { proxmonCommands, proxmonSamples } from './dumps/proxmon-fixture.ts';
import { tar } from './dumps/unpack/archive-fixture.ts';

async function startConsole(dataFolder: string) {
  const access = await openConsole({ dataFolder, version: '0.0.0-test' });
  await forThisTest(Promise.resolve({ stop: () => access.close() }));
  return createClient(consoleContract, access.connect());
}

async function archiveOf(...directories: string[]): Promise<string> {
  const path = join(temporaryDirectory(), 'mailed.tar.gz');
  const members = directories.flatMap((directory) => [
    { name: `${directory}/commands.log`, body: proxmonCommands },
    { name: `${directory}/samples.log`, body: proxmonSamples },
  ]);
  await writeFile(path, gzipSync(tar({ name: 'a/link/commands.log', type: '2', linkTo: '/etc/passwd' }, ...members)));
  return path;
}

const replays = async (client: Awaited<ReturnType<typeof startConsole>>) => {
  const { hosts } = await client['fleet.list']({});
  return hosts.filter(({ connection }) => connection.state === 'replay');
};

test('an archive is opened like a dump: each in it is a host, and nothing is left when the last is closed', async () => {
  const folder = temporaryDirectory();
  const client = await startConsole(folder);
  const path = await archiveOf('srv/one', 'srv/two');
  const host = await client['dumps.open']({ path });
  expect([host.name, host.target]).toEqual(['srv/one', { transport: 'replay', path }]);
  expect((await replays(client)).map((view) => view.host.name)).toEqual(['srv/one', 'srv/two']);
  for await (const status of client['dumps.status']({ hostId: host.id })) {
    if (status.phase !== 'ready') continue;
    expect(status).toMatchObject({ path, entries: 8, samples: 3 });
    expect(status.notes[0]).toBe('“a/link/commands.log” is a link, and was left out.');
    break;
  }
  // Opened once more, it is the same host.
  expect((await client['dumps.open']({ path })).id).toBe(host.id);
  expect((await client['dumps.recent']({})).dumps.map((dump) => dump.path)).toEqual([path]);
  const copies = () => readdir(join(folder, 'unpacked'));
  expect(await copies()).toHaveLength(1);
  for (const view of await replays(client)) await client['hosts.remove']({ hostId: view.host.id });
  await expect.poll(copies).toEqual([]);
});

test('how far an archive is unpacked is told until it is open; who leaves it has nothing of it left', async () => {
  const folder = temporaryDirectory();
  const client = await startConsole(folder);
  const path = await archiveOf('srv/one');
  const { size } = await stat(path);
  const told: { readBytes: number; bytes: number; host: string | null }[] = [];
  for await (const { host, ...far } of client['dumps.opening']({ path }))
    told.push({ ...far, host: host?.name ?? null });
  expect(told.at(-1)).toEqual({ readBytes: size, bytes: size, host: 'one' });
  for (const view of await replays(client)) await client['hosts.remove']({ hostId: view.host.id });

  const large = join(temporaryDirectory(), 'large.tar');
  await writeFile(large, tar({ name: 'a/commands.log', body: Buffer.alloc(64 << 20) }));
  for await (const { host, readBytes } of client['dumps.opening']({ path: large })) {
    expect(host).toBeNull();
    if (readBytes > 0) break;
  }
  await expect.poll(() => readdir(join(folder, 'unpacked'))).toEqual([]);
  expect(await replays(client)).toEqual([]);
});

test('an archive without a dump is refused, and leaves nothing', async () => {
  const folder = temporaryDirectory();
  const client = await startConsole(folder);
  const path = join(temporaryDirectory(), 'x.tgz');
  await writeFile(path, gzipSync(tar({ name: 'readme', body: 'x' })));
  expect(await faultOf(client['dumps.open']({ path }))).toMatchObject({ code: 'bad_input', step: 'unpack' });
  expect([await replays(client), await readdir(join(folder, 'unpacked'))]).toEqual([[], []]);
});

test('a dump of an archive can be looked into without a console', async () => {
  const folder = temporaryDirectory();
  const options = { dataFolder: folder, signal: new AbortController().signal, onUnpacking: () => {} };
  const dump = await inspectDump(await archiveOf('tank'), options);
  await dump.indexed;
  expect(dump.status()).toMatchObject({ entries: 8, samples: 3 });
  const copy = join(folder, 'unpacked', (await readdir(join(folder, 'unpacked')))[0] ?? '', '1');
  expect(await readFile(join(copy, 'commands.log'), 'utf8')).toBe(proxmonCommands);
  await dump.close();
  expect(await readdir(join(folder, 'unpacked'))).toEqual([]);
  expect(await faultOf(inspectDump(await archiveOf('one', 'two'), options))).toMatchObject({
    ...{ code: 'bad_input', message: expect.stringContaining('holds 2 dumps (“one”, “two”)') },
  });
});

/** So many entries of one second each, from one on, as a log. */
function entries(from: number, to: number): Buffer {
  const parts = Array.from({ length: to - from }, (_, index) =>
    formatEntry({
      ...{ command: 'uptime', endedAt: Date.UTC(2026, 3, 22) + (from + index) * 1000, exit: 0, error: null },
      ...{ durationMs: 1, stdout: Buffer.from(`output ${from + index}\n`), stderr: new Uint8Array() },
      ...{ truncated: false, timedOut: false },
    }),
  );
  return Buffer.concat(parts.flat());
}

async function rotatedDump(): Promise<string> {
  const path = join(temporaryDirectory(), 'tank');
  await mkdir(path);
  await writeFile(join(path, 'commands.log.4.zst'), zstdCompressSync(entries(0, 3)));
  await writeFile(join(path, 'commands.log.3.gz'), gzipSync(entries(3, 5)));
  await writeFile(join(path, 'commands.log.2.gz'), gzipSync(entries(5, 8)));
  await writeFile(join(path, 'commands.log.1'), entries(8, 10));
  await writeFile(join(path, 'commands.log'), entries(10, 12));
  return path;
}

test('parts of a dump that a rotation packed are read with the others, and it goes on through further ones', async () => {
  const folder = temporaryDirectory();
  const client = await startConsole(folder);
  const path = await rotatedDump();
  const at = (name: string) => join(path, name);
  const host = await client['dumps.open']({ path });
  const grownTo = async (count: number) => {
    for await (const status of client['dumps.status']({ hostId: host.id }))
      if (status.entries === count && status.phase === 'ready') return status;
    throw new Error('The dump was closed.');
  };
  const notes = ['samples.log is missing: what the readings were then is computed anew.'];
  expect(await grownTo(12)).toMatchObject({ path, parts: 5, notes, revision: 0 });
  // Whichever part is named, it is the same dump.
  const packedPart = await client['dumps.open']({ path: at('commands.log.3.gz') });
  expect([packedPart.name, packedPart.target]).toEqual([
    'tank',
    { transport: 'replay', path: at('commands.log.3.gz') },
  ]);
  await client['hosts.remove']({ hostId: packedPart.id });

  // As logrotate does it: the oldest goes, the one before the last is packed.
  await rm(at('commands.log.4.zst'));
  for (const number of [3, 2]) await rename(at(`commands.log.${number}.gz`), at(`commands.log.${number + 1}.gz`));
  await writeFile(at('commands.log.2.gz'), gzipSync(await readFile(at('commands.log.1'))));
  await rename(at('commands.log'), at('commands.log.1'));
  await writeFile(at('commands.log'), entries(12, 13));
  const rotated = await grownTo(13);
  expect(rotated).toMatchObject({ parts: 6, notes, revision: 0 });
  await appendFile(at('commands.log'), entries(13, 14));
  await grownTo(14);
  const { entries: listed } = await client['dumps.page']({ hostId: host.id, filter: {}, from: 0, limit: 20 });
  const texts: string[] = [];
  for (const { offset, size } of listed)
    for await (const chunk of client['dumps.bytes']({ hostId: host.id, offset, length: size }))
      texts.push(Buffer.from(chunk).toString());
  expect(texts).toEqual(Array.from({ length: 14 }, (_, index) => `output ${index}\n`));

  await client['hosts.remove']({ hostId: host.id });
  await expect.poll(() => readdir(join(folder, 'unpacked'))).toEqual([]);
});

test('they are looked into without a console too, and how far they are unpacked is told', async () => {
  const folder = temporaryDirectory();
  const path = await rotatedDump();
  const told: [number, number][] = [];
  const { signal } = new AbortController();
  const onUnpacking = (bytes: number, all: number) => void told.push([bytes, all]);
  const dump = await inspectDump(path, { dataFolder: folder, signal, onUnpacking });
  await dump.indexed;
  expect([dump.status().entries, told.length > 0, told.at(-1)?.[0] === told.at(-1)?.[1]]).toEqual([12, true, true]);
  await dump.close();
  expect(await readdir(join(folder, 'unpacked'))).toEqual([]);
  const left = inspectDump(path, { dataFolder: folder, signal: AbortSignal.abort(), onUnpacking });
  expect(await faultOf(left)).toMatchObject({ code: 'cancelled', step: 'unpack' });
  expect(await readdir(join(folder, 'unpacked'))).toEqual([]);
});
