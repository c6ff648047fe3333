import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../../e2e/lab/connecting.ts';
import type { SampleAt } from '../../contract/history.ts';
import type { Kind, Sample } from '../../contract/samples.ts';
import { collectors } from '../../domain/collect/collectors/index.ts';
import { commandLine } from '../../domain/collect/command-line.ts';
import type { CommandRecord } from '../../domain/collect/record.ts';
import { beginLine, endLine } from '../../domain/collect/round-lines.ts';
import { formatEntry } from '../../domain/dump/format-entry.ts';
import { openDump } from './open-dump.ts';
import { proxmonCommands, proxmonSamples, proxmonStart } from './proxmon-fixture.ts';
import { createRounds } from './read-rounds.ts';
import { serveInstants } from './serve-instants.ts';

const start = Date.UTC(2026, 3, 22, 20, 0, 0);
const boot = '3a45c086-a70e-4e2c-9235-1a300e888bd2';
const hostId = 'x';

const lineOf = (id: string, argument = ''): string => {
  const command = collectors.flatMap(({ commands }) => commands).find((one) => one.id === id);
  if (command === undefined) throw new Error(id);
  return commandLine(command, argument);
};

function record(seconds: number, command: string, stdout: string): CommandRecord {
  const endedAt = start + seconds * 1000;
  const told = { exit: 0, error: null, durationMs: 1, truncated: false, timedOut: false };
  return { command, endedAt, stdout: Buffer.from(stdout), stderr: new Uint8Array(), ...told };
}

const begin = (kind: Kind, at: number) => record(at, beginLine(kind), `${(100 + at).toFixed(2)} 1.00\n${boot}\n`);
const end = (kind: Kind, at: number) => record(at, endLine(kind), `${(100 + at).toFixed(2)} 1.00\n`);

/** Where the memory is counted is said once, in the first round. */
function fast(index: number): CommandRecord[] {
  const at = 10 * index;
  const disk = `   8       0 sda ${100 * index} 0 ${4000 * index} 50 200 0 4000 80 0 90 130\n`;
  return [
    begin('fast', at),
    ...(index === 0 ? [record(at, lineOf('memory.scope'), 'lxcfs /proc/meminfo fuse.lxcfs rw 0 0\n')] : []),
    record(at + 0.1, lineOf('memory.meminfo'), 'MemTotal: 8000 kB\nMemFree: 10 kB\nMemAvailable: 3000 kB\n'),
    record(at + 0.2, lineOf('disks.diskstats'), disk),
    end('fast', at + 0.3),
  ];
}

/** It takes longer than the fast rounds that run beside it. */
function medium(index: number): [begins: CommandRecord[], ends: CommandRecord[]] {
  const at = 5 + 50 * index;
  const head = 'Filesystem     1024-blocks     Used Available Capacity Mounted on\n';
  const df = `${head}/dev/sda1         41152736 ${11111111 + index}  27924688      29% /\n`;
  return [[begin('medium', at)], [record(at + 8, lineOf('filesystems.df'), df), end('medium', at + 8.1)]];
}

function wholeDump(): CommandRecord[] {
  const records = Array.from({ length: 12 }, (_, index) => {
    const [begins, ends] = medium(Math.floor(index / 5));
    return [...(index % 5 === 1 ? ends : []), ...fast(index), ...(index % 5 === 0 ? begins : [])];
  });
  return records.flat();
}

interface Files {
  readonly commands: string | Buffer;
  readonly samples?: string;
}

async function open<Result>(
  { commands, samples }: Files,
  use: (sampleAt: (kind: Kind, seconds: number) => Promise<SampleAt>, replayed: Sample[]) => Promise<Result>,
) {
  const directory = join(temporaryDirectory(), 'dump');
  await mkdir(directory);
  await writeFile(join(directory, 'commands.log'), commands);
  if (samples !== undefined) await writeFile(join(directory, 'samples.log'), samples);
  const dump = await openDump(directory);
  try {
    const served = serveInstants(dump, createRounds(dump));
    const replayed: Sample[] = [];
    for await (const sample of dump.replay()) replayed.push(sample);
    return await use((kind, seconds) => served({ hostId, kind, at: start + 1000 * seconds }), replayed);
  } finally {
    await dump.close();
  }
}

const bytes = (records: readonly CommandRecord[]) => Buffer.concat(records.flatMap(formatEntry));
const secondsOf = ({ sample, until }: SampleAt) => [
  sample === null ? null : (Date.parse(sample.collected_at) - start) / 1000,
  until === null ? null : (until - start) / 1000,
];

test('each sample of a replay is what stood at its instant, computed from its own rounds alone', () =>
  open({ commands: bytes(wholeDump()) }, async (sampleAt, replayed) => {
    expect(replayed.map(({ kind }) => kind).filter((kind) => kind === 'medium').length).toBe(3);
    expect(replayed.length).toBe(15);
    for (const sample of replayed) {
      const found = await sampleAt(sample.kind, (Date.parse(sample.collected_at) - start) / 1000);
      expect(found.sample).toEqual(sample);
    }
    const last = replayed.findLast(({ kind }) => kind === 'fast');
    // A rate out of two rounds, and what the first one said.
    expect([last?.data.disks?.list[0]?.read_bytes_per_second, last?.data.memory?.scope]).toEqual([
      204_800,
      'container',
    ]);
  }));

test('between two rounds the earlier one stands, until the next begins; before the first there is none', () =>
  open({ commands: bytes(wholeDump()) }, async (sampleAt) => {
    expect([
      secondsOf(await sampleAt('medium', 54.999)),
      secondsOf(await sampleAt('medium', 55)),
      secondsOf(await sampleAt('medium', 4)),
      secondsOf(await sampleAt('slow', 60)),
      secondsOf(await sampleAt('fast', 99.9)),
      secondsOf(await sampleAt('medium', 106)),
      secondsOf(await sampleAt('medium', 114)),
    ]).toEqual([
      [5, 55],
      [55, 105],
      [null, null],
      [null, null],
      [90, 100],
      // Up to the last command; behind it there could be samples alone.
      [105, 113.1],
      [105, null],
    ]);
  }));

test('a round that did not come to its end is none', () => {
  const torn = [...fast(0), ...fast(1).slice(0, -1), ...fast(2)];
  return open({ commands: bytes(torn) }, async (sampleAt, replayed) => {
    expect(secondsOf(await sampleAt('fast', 15))).toEqual([0, 20]);
    expect((await sampleAt('fast', 25)).sample).toEqual(replayed.at(-1));
  });
});

test('samples that no command gives are those that were recorded', () =>
  open({ commands: proxmonCommands, samples: proxmonSamples }, async (sampleAt) => {
    const after = (seconds: number) => sampleAt('fast', (proxmonStart - start) / 1000 + seconds);
    const busy = async (seconds: number) => (await after(seconds)).sample?.data.cpu?.total?.busy_percent ?? null;
    expect(await Promise.all([0, 0.11, 29, 30.2].map(busy))).toEqual([null, 12.5, 12.5, 99]);
  }));
