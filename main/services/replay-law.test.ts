import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { startSshd } from '../../e2e/lab/sshd.ts';
import type { SshTarget } from '../contract/hosts.ts';
import type { Sample } from '../contract/samples.ts';
import type { Command } from '../domain/collect/collector.ts';
import { collectors } from '../domain/collect/collectors/index.ts';
import { commandLine } from '../domain/collect/command-line.ts';
import type { CommandRecord } from '../domain/collect/record.ts';
import { beginLine, endLine } from '../domain/collect/round-lines.ts';
import type { Connect, ConnectPrompts } from '../domain/collect/transport.ts';
import { startSession } from './collect/session.ts';
import { openDumpWriter } from './dumps/dump-writer.ts';
import { openDump } from './dumps/open-dump.ts';
import { createLocalConnect } from './local/create-local-connect.ts';
import { createSshConnect } from './ssh/connect.ts';
import { optionsIn, routeTo } from './ssh/lab-fixture.ts';

const never = new AbortController().signal;
let directory = '';

beforeEach(async () => {
  directory = join(await mkdtemp(join(tmpdir(), 'rackside-law-')), 'dump');
});
afterEach(() => rm(join(directory, '..'), { recursive: true, force: true }));

const trusting: ConnectPrompts = {
  onStep: () => undefined,
  ask: async () => ({ kind: 'host_key', trust: true }),
};

/** Collects through that transport until that many fast samples came, and records it from the first record on. */
async function record(connect: Connect, fastSamples: number): Promise<{ live: Sample[]; records: CommandRecord[] }> {
  const transport = await connect(trusting, never);
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
      notes: [...dump.status().notes],
    };
  } finally {
    await dump.close();
  }
}

test('replaying a dump of this machine gives its samples.log, and what was seen live; also when it is continued', async () => {
  const first = await record(createLocalConnect(), 3);
  const dump = await read(directory);
  expect(dump.notes).toEqual([]);
  expect(dump.replayed.length).toBeGreaterThanOrEqual(4);
  expect(dump.replayed).toEqual(dump.recorded);
  expect(dump.recorded).toEqual(first.live);
  expect(dump.replayed.at(-1)?.data.cpu?.total?.busy_percent).toBeGreaterThanOrEqual(0);
  expect(dump.records.map(({ command }) => command)).toEqual(first.records.map(({ command }) => command));
  expect(dump.records.map(({ stdout }) => stdout)).toEqual(first.records.map(({ stdout }) => Uint8Array.from(stdout)));

  const second = await record(createLocalConnect(), 2);
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

test('the same through a real sshd', async () => {
  const sshd = await startSshd();
  onTestFinished(() => sshd.stop());
  const target: SshTarget = {
    transport: 'ssh',
    address: sshd.address,
    port: sshd.port,
    user: sshd.user,
    identityFiles: [sshd.identityFile],
    agent: false,
  };
  const connect = createSshConnect(routeTo(target), optionsIn(join(directory, '..')));
  const { live } = await record(connect, 3);
  const dump = await read(directory);
  expect(dump.notes).toEqual([]);
  expect(dump.replayed).toEqual(dump.recorded);
  expect(dump.recorded).toEqual(live);
});

/** One record of a command, whatever it printed. */
function recordOf(command: string, endedAt: number, stdout: Uint8Array, exit: number): CommandRecord {
  const nothing = new Uint8Array();
  return {
    command,
    endedAt,
    exit,
    error: null,
    durationMs: 1,
    stdout,
    stderr: nothing,
    truncated: false,
    timedOut: false,
  };
}

const bootId = '3a45c086-a70e-4e2c-9235-1a300e888bd2';
const text = (value: string): Uint8Array => new TextEncoder().encode(value);

const deviceLines: ((number: number) => string)[] = [
  (n) => `some avg10=1.00 avg60=0.50 avg300=0.00 total=${n}\n`,
  (n) => `  eth0: ${n} 1 0 0 0 0 0 0 ${n} 1 0 0 0 0 0 0\n`,
  (n) => `eth0/speed:${n}\neth0/flags:0x1003\neth0/device/uevent:DRIVER=e1000e\n`,
  (n) => `   8       0 sda ${n} 0 ${n} ${n} 1 0 8 ${n} 0 ${n} ${n}\n`,
  (n) => `hwmon/hwmon0/name:nvme\nhwmon/hwmon0/temp1_input:${n}\nthermal/thermal_zone0/temp:${n % 100_000}\n`,
  (n) => `7 (sh) S 1 1 1 0 -1 0 0 0 0 0 ${n} 0 ${n} 0 20 0 1 0 50 1000 10 0 0\n${n} 5 1\n`,
  (n) => `${n}.${n}\n`,
];

/** Output that looks like something now and then: words and numbers of such files, and bytes of any kind. */
const output = fc.oneof(
  fc.uint8Array({ maxLength: 400 }),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(...['cpu', 'cpu0', 'MemTotal:', 'kB', '1 (a) S', '/dev/sda', '/', '%', 'sda', 'eth0:', '\n']),
        fc.nat().map(String),
      ),
    )
    .map((words) => text(`${words.join(' ')}\n`)),
  // Lines of devices, of which each number may go forward and back.
  fc.array(fc.oneof(...deviceLines.map((line) => fc.nat().map(line)))).map((lines) => text(lines.join(''))),
);

test.each(collectors.map((collector) => [collector.id, collector] as const))(
  'whatever the commands of %s print, a replay gives what was recorded',
  async (_id, collector) => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(output, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 4 }),
        async (rounds) => {
          run += 1;
          const path = `${directory}-${run}`;
          const writer = await openDumpWriter({ directory: path, onFault: (fault) => expect(fault).toBeNull() });
          rounds.forEach((outputs, round) => {
            const at = 1_700_000_000_000 + 2_000 * round;
            writer.push(recordOf(beginLine(collector.kind), at, text(`${100 + 2 * round}.50 1.00\n${bootId}\n`), 0));
            outputs.forEach((stdout, index) => {
              const command = collector.commands[index % collector.commands.length] as Command;
              writer.push(recordOf(commandLine(command, String(index)), at + index, stdout, index % 3));
            });
            writer.push(recordOf(endLine(collector.kind), at + 50, text('101.00 1.00\n'), 0));
          });
          await writer.close();
          const dump = await read(path);
          expect(dump.replayed.length).toBe(rounds.length);
          expect(dump.replayed).toEqual(dump.recorded);
          await rm(path, { recursive: true });
        },
      ),
      { numRuns: 40, seed: 20_261_129 },
    );
  },
  // Eighty files are written, and made sure to be on the disk.
  60_000,
);
