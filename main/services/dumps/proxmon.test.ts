import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../../e2e/lab/connecting.ts';
import type { DumpStatus } from '../../contract/dumps.ts';
import type { Sample } from '../../contract/samples.ts';
import { formatSample } from '../../domain/dump/format-sample.ts';
import { type Dump, openDump } from './open-dump.ts';
import { proxmonCommands, proxmonSamples, proxmonStart } from './proxmon-fixture.ts';
import { replayGrowing } from './replay-growing.ts';
import { serveDump } from './serve-dump.ts';

async function dumpOf(files: { commands?: string; samples?: string }): Promise<string> {
  const directory = join(temporaryDirectory(), 'dump');
  await mkdir(directory);
  if (files.commands !== undefined) await writeFile(join(directory, 'commands.log'), files.commands);
  if (files.samples !== undefined) await writeFile(join(directory, 'samples.log'), files.samples);
  return directory;
}

/** The first that come of a replay; it goes on as long as the dump is open. */
async function replayed(dump: Dump, count: number): Promise<Sample[]> {
  const found: Sample[] = [];
  for await (const { samples } of replayGrowing(dump, dump.closing)) {
    found.push(...samples);
    if (found.length >= count) break;
  }
  return found;
}

async function open<Result>(files: { commands?: string; samples?: string }, use: (dump: Dump) => Promise<Result>) {
  const dump = await openDump(await dumpOf(files));
  try {
    return await use(dump);
  } finally {
    await dump.close();
  }
}

const gauges = ({ collected_at, data }: Sample) => [collected_at, data.cpu?.total?.busy_percent, data.load?.one];
const foreignNote = 'Gauges and charts are those of another product’s samples, as far as they say the same as ours.';

test('a dump of proxMon opens as it is: its entries are listed', () =>
  open({ commands: proxmonCommands, samples: proxmonSamples }, async (dump) => {
    const served = serveDump(dump, () => 0);
    const page = await served['dumps.page']({ hostId: 'x', filter: {}, from: 0, limit: 10 }, dump.closing);
    const brief = page.entries
      .slice(0, 4)
      .map(({ command, exit, error, state, size }) => ({ command, exit, error, state, size }));
    expect([page.total, brief]).toEqual([
      8,
      [
        { command: 'zpool list -j', exit: 0, error: null, state: 'sound', size: 38 },
        { command: expect.stringContaining('\ndo\n  zpool status'), exit: 0, error: null, state: 'sound', size: 39 },
        { command: 'smartctl -a -j /dev/sda', exit: null, error: '{:enoent, "smartctl"}', state: 'sound', size: 0 },
        { command: expect.stringContaining('pvesh'), exit: 0, error: null, state: 'sound', size: 26 },
      ],
    ]);
    const status: DumpStatus = dump.status();
    expect([status.torn, status.lying, status.skippedBytes, status.notes]).toEqual([0, 0, 0, []]);
    const sample = await served['dumps.sample'](
      { hostId: 'x', place: { at: proxmonStart + 60_000, kind: 'fast' } },
      dump.closing,
    );
    expect([sample?.status, sample?.text.includes('"pools"')]).toEqual(['foreign', true]);
  }));

test('its gauges come from its samples, also where that is all there is', async () => {
  const wanted = [
    ['2026-04-22T20:13:19.100Z', 12.5, 0.5],
    ['2026-04-22T20:13:49.100Z', 99, 4],
  ];
  for (const files of [{ commands: proxmonCommands, samples: proxmonSamples }, { samples: proxmonSamples }]) {
    await open(files, async (dump) => {
      expect((await replayed(dump, 2)).map(gauges)).toEqual(wanted);
      expect(dump.status().notes).toContain(foreignNote);
    });
  }
  await open({ samples: proxmonSamples }, async (dump) => {
    expect(dump.status()).toMatchObject({
      ...{ phase: 'ready', entries: 0, samples: 3 },
      notes: ['commands.log is missing or empty: only what was recorded as samples can be shown.'],
    });
  });
});

test('samples of ours whose commands were not written any more are shown as they were recorded', () => {
  const sample: Sample = {
    kind: 'fast',
    collected_at: new Date(proxmonStart + 600_000).toISOString(),
    data: {
      clock: { boot_id: null, uptime_seconds: 1 },
      load: { one: 7, five: 7, fifteen: 7, running: 1, tasks: 2 },
      problems: {},
    },
  };
  const samples = formatSample(sample, proxmonStart + 600_100);
  return open({ commands: proxmonCommands, samples }, async (dump) => {
    expect(await replayed(dump, 1)).toEqual([sample]);
    expect(dump.status().notes).toContain(
      'Some samples lack their commands, which are not in the dump: they are shown as they were recorded.',
    );
  });
});
