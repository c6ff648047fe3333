import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ProcessHistoryRequest } from '../../contract/history.ts';
import type { Process, Sample } from '../../contract/samples.ts';
import { Pauses } from './pauses.ts';
import { processHistory } from './process-history.ts';
import type { ShownSource } from './process-lists.ts';
import { fastSample, hostId, otherId, span } from './sample-fixture.ts';
import { createStoreFolder, day, hour, type StoreFolder, start } from './store-fixture.ts';

let opened: StoreFolder['opened'];
let end: StoreFolder['end'];

beforeEach(() => {
  ({ opened, end } = createStoreFolder());
});
afterEach(() => end());

type Processes = NonNullable<Sample['data']['processes']>;

const second = 1000;
const boot = 'f3b8ad34-6a5f-4a52-9c7b-0d9f6f0e91c4';

/** Of a kernel that tells it: reads as many bytes a second as it uses percent, and writes twice as many. */
const io = (percent: number) => ({
  ...{ read_bytes_per_second: percent, write_bytes_per_second: 2 * percent },
  cancelled_write_bytes_per_second: 0,
});

/** A sample whose list has these processes only, as `pid:start:cpu`; null where the list is not known. */
function sampleOf(at: number, rows: readonly string[] | null, bootId = boot): Sample {
  const sample = fastSample(at, 1);
  const [like] = (sample.data.processes as Processes).list as [Process];
  const list = (rows ?? []).map((row): Process => {
    const [pid = 0, start_ticks = 0, cpu_percent = 0] = row.split(':').map(Number);
    return { ...like, pid, start_ticks, cpu_percent, memory_bytes: cpu_percent * 1024, ...io(cpu_percent) };
  });
  const processes = rows === null ? null : { count: 9, window_seconds: 2, list };
  return { ...sample, data: { ...sample.data, clock: { ...sample.data.clock, boot_id: bootId }, processes } };
}

const asked = (change: Partial<ProcessHistoryRequest> = {}): ProcessHistoryRequest => ({
  ...{ hostId, bootId: boot, pid: 7, start_ticks: 50, from: start, to: start + 20 * second, points: 100 },
  ...change,
});

describe('one process over time', () => {
  test('is what its lists say: known, not listed, and nothing where no list was known', async () => {
    const store = await opened();
    const rows = [['7:50:10'], ['7:50:30', '8:1:99'], ['8:1:5'], null, ['7:50:40']];
    store.append(
      hostId,
      rows.map((list, i) => sampleOf(start + i * 2 * second, list)),
    );
    const values = [10, 30, null, 40];
    const memory = values.map((value) => value && value * 1024);
    const written = values.map((value) => value && value * 2);
    expect(await store.process(asked())).toEqual({
      stepMs: second,
      times: [0, 2, 4, 8].map((after) => start + after * second),
      listed: [true, true, false, true],
      readings: {
        'process.cpu': { mean: values, min: values, max: values },
        'process.memory': { mean: memory, min: memory, max: memory },
        'process.read': { mean: values, min: values, max: values },
        'process.write': { mean: written, min: written, max: written },
      },
      gaps: [],
      lastSeen: start + 8 * second,
      ended: null,
    });
    const coarse = await store.process(asked({ points: 3 }));
    expect([coarse.stepMs, coarse.listed, coarse.readings['process.cpu']]).toEqual([
      10 * second,
      [true],
      { mean: [80 / 3], min: [10], max: [40] },
    ]);
  });

  test('has ended when its PID is another one, or the host began anew; a PID that was another one before says nothing', async () => {
    const store = await opened();
    const lists = [['7:1:1'], ['7:50:1'], ['8:1:1'], ['7:90:1'], ['7:91:1']];
    store.append(
      hostId,
      lists.map((list, i) => sampleOf(start + i * 2 * second, list)),
    );
    store.append(otherId, [sampleOf(start, ['7:50:1']), sampleOf(start + 4 * second, ['7:50:1'], 'another')]);
    const endOf = async (change: Partial<ProcessHistoryRequest>) => {
      const { lastSeen, ended } = await store.process(asked(change));
      return [lastSeen, ended];
    };
    expect([
      await endOf({}),
      await endOf({ start_ticks: 1 }),
      await endOf({ pid: 8, start_ticks: 1 }),
      await endOf({ pid: 9 }),
      await endOf({ hostId: otherId }),
      await endOf({ hostId: otherId, bootId: null }),
    ]).toEqual([
      [start + 2 * second, { by: start + 6 * second, evidence: 'pid_reused' }],
      [start, { by: start + 2 * second, evidence: 'pid_reused' }],
      [start + 4 * second, null],
      [null, null],
      [start, { by: start + 4 * second, evidence: 'rebooted' }],
      [start + 4 * second, null],
    ]);
  });

  test('is the same from sealed blocks, and as computed from the samples', async () => {
    const samples = span(start, 1000, 30 * second);
    const first = await opened();
    for (let i = 0; i < samples.length; i += 200) {
      first.append(hostId, samples.slice(i, i + 200));
      await first.flush();
    }
    const request = asked({ pid: 101, start_ticks: 101 * 977, to: start + 9 * hour, points: 4000 });
    const before = await first.process(request);
    await first.close();
    const store = await opened();
    const mine = samples.filter(({ data }) => data.processes?.list.some(({ pid }) => pid === 101));
    const timeOf = ({ collected_at }: Sample) => Date.parse(collected_at);
    const bucketOf = (sample: Sample) => Math.floor(timeOf(sample) / before.stepMs) * before.stepMs;
    expect(await store.process(request)).toEqual(before);
    expect({
      times: before.times,
      listed: before.times.filter((_, i) => before.listed[i]),
      lastSeen: before.lastSeen,
    }).toEqual({ times: samples.map(bucketOf), listed: mine.map(bucketOf), lastSeen: timeOf(mine.at(-1) as Sample) });
    expect(mine.length).toBeGreaterThan(20);
  });

  test('of more lists than are read in a moment is of some blocks, evenly', async () => {
    const read: number[] = [];
    const sources = Array.from({ length: 12 }, (_, i): ShownSource => {
      const lists = () => {
        read.push(i);
        return new Uint8Array();
      };
      const clockAt = () => ({ boot_id: null, uptime_seconds: null });
      return {
        ...{ t0: i, t1: i, samples: 10_000, boot: null, uptime: () => null, isShown: () => true },
        guard: (use) => use(),
        times: () => [],
        lists,
        clockAt,
      };
    });
    await processHistory(asked(), sources, [], new Pauses());
    expect(read).toEqual([0, 3, 6, 9]);
  });

  test('a span that ends before it begins is refused, and one without samples is empty', async () => {
    const store = await opened({ path: ':memory:' });
    await expect(store.process(asked({ to: start }))).rejects.toMatchObject({ fault: { code: 'bad_input' } });
    expect(await store.process(asked())).toMatchObject({ times: [], listed: [], lastSeen: null, ended: null });
  });
});

test('the last list before an instant is found over gaps, unknown ones, sealed blocks and a late sample, and begins', async () => {
  const store = await opened();
  const sealed = span(start, 300, 2 * second);
  const later = span(start + 3 * day, 4, 2 * second);
  const late = fastSample(start + 1001, 0);
  store.append(hostId, [...sealed, late]);
  store.append(hostId, [sampleOf(start + 2 * day, null)]);
  store.append(hostId, later);
  const before = (at: number) => store.processesAt(hostId, at, 'previous');
  const answerOf = (sample: Sample | undefined) =>
    sample && { collected_at: sample.collected_at, clock: sample.data.clock, processes: sample.data.processes };
  const times = [start + 4 * day, start + 3 * day + 1, start + 3 * day, start + hour, start + 2 * second, start + 1001];
  const expected = [later[3], later[0], sealed[299], sealed[299], late, sealed[0]].map(answerOf);
  const ask = async () => [...(await Promise.all(times.map(before))), await before(start)];
  expect(await ask()).toEqual([...expected, null]);
  await store.close();
  const again = await opened();
  expect(await again.processesAt(hostId, start + 3 * day, 'previous')).toEqual(answerOf(sealed[299]));
  expect(await again.processesAt(otherId, start, 'previous')).toBeNull();
});
