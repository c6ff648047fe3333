import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { faultOf, forThisTest, temporaryDirectory } from '../../e2e/lab/connecting.ts';
import { consoleContract } from '../contract/console.ts';
import { createClient } from '../contract/rpc/client.ts';
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
  const dump = await inspectDump(await archiveOf('tank'), folder);
  await dump.indexed;
  expect(dump.status()).toMatchObject({ entries: 8, samples: 3 });
  const copy = join(folder, 'unpacked', (await readdir(join(folder, 'unpacked')))[0] ?? '', '1');
  expect(await readFile(join(copy, 'commands.log'), 'utf8')).toBe(proxmonCommands);
  await dump.close();
  expect(await readdir(join(folder, 'unpacked'))).toEqual([]);
  expect(await faultOf(inspectDump(await archiveOf('one', 'two'), folder))).toMatchObject({
    ...{ code: 'bad_input', message: expect.stringContaining('holds 2 dumps (“one”, “two”)') },
  });
});
