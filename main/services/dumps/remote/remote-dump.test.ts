import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import {
  faultOf,
  forThisTest,
  scriptedPrompts,
  sshTarget,
  temporaryDirectory,
} from '../../../../e2e/lab/connecting.ts';
import { startSshd } from '../../../../e2e/lab/sshd.ts';
import type { Transport } from '../../../domain/collect/transport.ts';
import { blockOf, rowOf } from '../../../domain/dump/entry-table.ts';
import { formatEntry } from '../../../domain/dump/format-entry.ts';
import { openFiles } from '../../files/open-files.ts';
import { createLocalConnect } from '../../local/create-local-connect.ts';
import { createSshConnect } from '../../ssh/connect.ts';
import { optionsIn, routeTo } from '../../ssh/lab-fixture.ts';
import { openDump } from '../open-dump.ts';
import { findOnHost } from './find-on-host.ts';
import { openRemoteDump, type PullState, type RemoteDump, type RemoteReach } from './remote-dump.ts';

const never = new AbortController().signal;

async function overSsh(): Promise<Transport> {
  const host = await forThisTest(startSshd());
  const connect = createSshConnect(routeTo(sshTarget(host)), optionsIn(temporaryDirectory()));
  return closing(await connect(scriptedPrompts(), never));
}
const onThisMachine = async () => closing(await createLocalConnect()(scriptedPrompts(), never));

async function closing(transport: Transport): Promise<Transport> {
  await forThisTest(Promise.resolve({ stop: () => transport.close() }));
  return transport;
}

function reachBy(transport: Transport, sha256: RemoteReach['sha256'] = async () => null): RemoteReach {
  return {
    transport: () => transport,
    withFiles: async (signal, use) => {
      const files = await openFiles(transport, signal);
      try {
        return await use(files);
      } finally {
        files.close();
      }
    },
    sha256,
  };
}

const sha256By = (transport: Transport) => async (path: string, bytes: number) => {
  const { stdout } = await transport.run(`head -c ${bytes} '${path.replaceAll("'", "'\\''")}' | sha256sum`, {
    ...{ deadlineMs: 10_000, maxBytes: 1000, signal: never },
  });
  return Buffer.from(stdout).toString('latin1', 0, 64);
};

async function openRemote(reach: RemoteReach, path: string): Promise<RemoteDump> {
  const remote = await openRemoteDump(reach, path, join(temporaryDirectory(), 'copy'), never);
  await forThisTest(Promise.resolve({ stop: () => remote.close() }));
  return remote;
}

const time = (index: number) => Date.UTC(2026, 3, 22) + index * 1000;
const line = (index: number) => `${'some words of an output that nobody looks at '.repeat(3)}${index}\n`;

function entry(index: number, over: { command?: string; error?: string; body?: string } = {}): Buffer {
  const { command = 'cat /proc/meminfo', error = null, body = line(index).repeat(8 + (index % 120)) } = over;
  return Buffer.concat(
    formatEntry({
      ...{ command, endedAt: time(index), exit: error === null ? 0 : null, error, durationMs: 3 },
      ...{
        stdout: Buffer.from(error === null ? body : ''),
        stderr: Buffer.alloc(0),
        truncated: false,
        timedOut: false,
      },
    }),
  );
}

const forged = '\n\n===== 2026-04-22T20:13:19Z =====\n$ forged\nexit=0  duration=1ms  size=3\n\nabc\n\n';
const long = `sh -c '\n${Array.from({ length: 30 }, (_, index) => `  echo line ${index} of a script`).join('\n')}\n'`;

/** Some megabytes with damage of every kind in it. */
function damagedLog(): Buffer {
  const parts: Buffer[] = [];
  for (let index = 0; index < 900; index++) {
    const whole = entry(index, {
      ...(index % 50 === 7 && { command: "sh -c '\necho several\necho lines\n'" }),
      ...(index % 90 === 8 && { command: long }),
      ...(index % 70 === 9 && { error: '{:enoent, "zpool"}' }),
      ...(index % 60 === 10 && { body: forged.repeat(3) }),
    });
    if (index % 150 === 20) parts.push(whole.subarray(0, whole.length - 700));
    else if (index % 150 === 40) parts.push(whole.fill(0, 200));
    else if (index % 150 === 60)
      parts.push(Buffer.from(whole.toString('latin1').replace(/size=\d/, 'size=9'), 'latin1'));
    else if (index % 150 === 80) parts.push(Buffer.concat([whole, Buffer.from('words that belong to nobody\n')]));
    else parts.push(whole);
  }
  return Buffer.concat(parts).subarray(0, -100);
}

function dumpOf(commands: Buffer, samples?: Buffer): string {
  const directory = join(temporaryDirectory(), "a dump, 'quoted'");
  mkdirSync(directory);
  writeFileSync(join(directory, 'commands.log'), commands);
  if (samples !== undefined) writeFileSync(join(directory, 'samples.log'), samples);
  return directory;
}

/** Every entry with all that a list shows of it. */
async function entriesOf(directory: string) {
  const dump = await openDump(directory);
  const { table, commands, skippedBytes, trustedSizes } = dump.log;
  const entries = Array.from({ length: table.count }, (_, position) => ({
    ...table.place(position),
    command: commands.commands[table.commandOf(position)]?.line,
    exit: table.blocks[blockOf(position)]?.exit[rowOf(position)],
    flags: table.blocks[blockOf(position)]?.flags[rowOf(position)],
  }));
  await dump.close();
  return { entries, skippedBytes, trustedSizes, parts: dump.status().parts, notes: dump.damage };
}

test.each([
  ['a host', overSsh],
  ['this machine', onThisMachine],
])('a damaged dump on %s is listed as it would be here, by its heads', async (_, connect) => {
  const directory = dumpOf(damagedLog());
  const remote = await openRemote(reachBy(await connect()), directory);
  const here = await entriesOf(directory);
  expect(await entriesOf(remote.directory)).toEqual(here);
  const states = new Set(here.entries.map(({ state }) => state));
  expect([here.entries.length > 850, [...states].sort(), remote.notes]).toEqual([true, ['lying', 'sound', 'torn'], []]);
  expect(remote.cost.bytes).toBeLessThan(remote.size / 10);
  expect(remote.cost.hostCpuMs).toEqual(expect.any(Number));
});

test('outputs come when they are looked at, and all of it when it is taken', async () => {
  const directory = dumpOf(
    damagedLog(),
    Buffer.from(`===== 2026-04-22T20:13:19Z  kind=fast =====\n{}\n\n`.repeat(60_000)),
  );
  const transport = await overSsh();
  const remote = await openRemote(reachBy(transport, sha256By(transport)), directory);
  const there = readFileSync(join(directory, 'commands.log'));
  const here = () => readFileSync(join(remote.directory, 'commands.log'));
  const [from, to] = [1_000_000, 1_200_000];
  expect(here().subarray(from, to).equals(there.subarray(from, to))).toBe(false);
  await remote.ensure('commands.log', from, to, never);
  expect(here().subarray(from, to).equals(there.subarray(from, to))).toBe(true);
  const { present } = remote;
  await remote.ensure('commands.log', from, to, never);
  expect(remote.present).toBe(present);

  const states: PullState[] = [];
  await remote.pull(never, (state) => states.push(state));
  expect([here().equals(there), remote.present]).toEqual([true, remote.size]);
  expect(states[0]).toEqual({ bytes: present, size: remote.size, state: 'reading', checked: false });
  expect(states.at(-1)).toEqual({ bytes: remote.size, size: remote.size, state: 'done', checked: true });
});

/** A log as it was rotated: two parts packed, then one that is large, and the one that is written now. */
function rotatedDump(): { directory: string; whole: Buffer } {
  const log = damagedLog();
  const cuts = [0, 700_000, 1_400_000, log.length - 400_000, log.length];
  const parts = cuts.slice(1).map((to, index) => log.subarray(cuts[index], to));
  const directory = dumpOf(parts[3] as Buffer);
  writeFileSync(join(directory, 'commands.log.1'), parts[2] as Buffer);
  writeFileSync(join(directory, 'commands.log.2.gz'), gzipSync(parts[1] as Buffer));
  writeFileSync(join(directory, 'commands.log.3.zst'), zstdCompressSync(parts[0] as Buffer));
  return { directory, whole: log };
}

test('a dump that was rotated on its host is one, also where parts of it are packed or move while it is open', async () => {
  const { directory, whole } = rotatedDump();
  const transport = await overSsh();
  const remote = await openRemote(reachBy(transport, sha256By(transport)), directory);
  expect(remote.notes).toEqual([]);
  const list = await entriesOf(remote.directory);
  expect(list.parts).toBe(4);
  expect([remote.size, remote.present < remote.size]).toEqual([whole.length, true]);
  // What is named is a part, and the dump is all of them.
  expect((await openRemote(reachBy(transport), join(directory, 'commands.log.1'))).size).toBe(whole.length);

  rmSync(join(directory, 'commands.log.3.zst'));
  renameSync(join(directory, 'commands.log.2.gz'), join(directory, 'commands.log.3.gz'));
  renameSync(join(directory, 'commands.log.1'), join(directory, 'commands.log.2'));
  renameSync(join(directory, 'commands.log'), join(directory, 'commands.log.1'));
  writeFileSync(join(directory, 'commands.log'), entry(901));
  const [from, to] = [1_500_000, 1_600_000];
  await remote.ensure('commands.log', from, to, never);
  const dump = await openDump(remote.directory);
  const found: Uint8Array[] = [];
  for await (const chunk of dump.bytes(from, to - from)) found.push(chunk);
  await dump.close();
  expect(Buffer.concat(found).equals(whole.subarray(from, to))).toBe(true);
  // One part is not on the host any more, and its checksum with it.
  const states: PullState[] = [];
  await remote.pull(never, (state) => states.push(state));
  expect(states.at(-1)).toEqual({ bytes: remote.size, size: remote.size, state: 'done', checked: false });
  expect(await entriesOf(remote.directory)).toEqual(list);
});

test('what is packed is taken up to a bound, the newest first, and all of it is checked', async () => {
  const { directory, whole } = rotatedDump();
  const transport = await onThisMachine();
  const packed = readFileSync(join(directory, 'commands.log.2.gz')).length;
  const into = join(temporaryDirectory(), 'copy');
  const reach = reachBy(transport, sha256By(transport));
  const remote = await openRemoteDump(reach, directory, into, never, packed);
  await forThisTest(Promise.resolve({ stop: () => remote.close() }));
  expect(remote.notes).toEqual([
    expect.stringMatching(/^“commands.log.3.zst” \(.*\) stayed on the host, where the newest .* are read/),
  ]);
  const { parts, notes } = await entriesOf(remote.directory);
  expect([parts, notes[0]]).toEqual([3, '“commands.log.3.zst” is packed, and not read.']);
  expect(remote.size).toBe(whole.length - 700_000);
  const states: PullState[] = [];
  await remote.pull(never, (state) => states.push(state));
  expect(states.at(-1)).toEqual({ bytes: remote.size, size: remote.size, state: 'done', checked: true });
});

test('what was exchanged or cut on the host meanwhile is told', async () => {
  const directory = dumpOf(damagedLog());
  const path = join(directory, 'commands.log');
  const remote = await openRemote(
    reachBy(await onThisMachine(), async () => 'another'),
    directory,
  );
  expect(await faultOf(remote.pull(never, () => {}))).toMatchObject({ code: 'checksum_mismatch', step: 'pull' });
  const cut = await openRemote(reachBy(await onThisMachine()), path);
  truncateSync(path, 1000);
  expect(await faultOf(cut.pull(never, () => {}))).toMatchObject({ code: 'bad_output', step: 'pull' });
  // It has grown since: what it had then is the dump.
  appendFileSync(path, Buffer.alloc(cut.size));
  await cut.pull(never, () => {});
  expect(cut.present).toBe(cut.size);
});

test('a host whose grep tells no places, and what is no dump, are told so', async () => {
  const directory = dumpOf(damagedLog());
  const transport = await onThisMachine();
  const busybox: Transport = {
    ...transport,
    start: async (signal) => {
      const channel = await transport.start(signal);
      const write = (text: string) => channel.write(text.replace('grep -ab', 'grep --no-such-option'));
      return { ...channel, write };
    },
  };
  expect(await faultOf(openRemote(reachBy(busybox), directory))).toMatchObject({
    code: 'bad_output',
    step: 'open on host',
  });
  const empty = temporaryDirectory();
  expect(await faultOf(openRemote(reachBy(transport), empty))).toMatchObject({
    code: 'bad_input',
    step: 'open on host',
  });
  expect(await faultOf(openRemote(reachBy(transport), join(empty, 'none')))).toMatchObject({ code: 'not_found' });
});

test('dumps are found where an agent’s configuration says, and where a person says', async () => {
  const [home, other] = [temporaryDirectory(), temporaryDirectory()];
  const dumps = join(home, 'spool');
  for (const directory of ['one', "it's two"]) {
    mkdirSync(join(dumps, directory), { recursive: true });
    writeFileSync(join(dumps, directory, 'commands.log'), 'x');
    writeFileSync(join(dumps, directory, 'samples.log'), 'yy');
  }
  writeFileSync(join(other, 'commands.log'), 'zzz');
  writeFileSync(join(other, 'commands.log.2.gz'), 'packed');
  writeFileSync(join(other, 'commands.log.old'), 'not one');
  mkdirSync(join(dumps, 'one-part-2'));
  writeFileSync(join(dumps, 'one-part-2', 'commands.log'), 'more');
  mkdirSync(join(home, '.config/rackside-agent'), { recursive: true });
  const config = join(home, '.config/rackside-agent/agent.toml');
  writeFileSync(config, `token = "secret"\n[debug]\ndump_dir = ${JSON.stringify(dumps)}\n`);
  writeFileSync(join(home, '.config/rackside-agent/broken.toml'), '[debug\n');
  const transport = await overSsh();
  const atHome: Transport = {
    ...transport,
    run: (script, limits) => transport.run(`HOME='${home}'; ${script}`, limits),
  };
  const found = await findOnHost(atHome, [other, '/no/such/place'], never);
  expect(found.looked).toEqual([
    { directory: dumps, config },
    { directory: other, config: null },
    { directory: '/no/such/place', config: null },
  ]);
  const dump = (path: string, bytes: number) => ({ path, bytes, modifiedAt: expect.any(Number), readable: true });
  expect([...found.dumps].sort((a, b) => (a.path < b.path ? -1 : 1))).toEqual(
    [dump(other, 9), dump(join(dumps, "it's two"), 3), dump(join(dumps, 'one'), 7)].sort((a, b) =>
      a.path < b.path ? -1 : 1,
    ),
  );
});
