import { beforeEach, describe, expect, test } from 'vitest';
import type { Process, Sample } from '../../contract/samples.ts';
import { batchedSamples } from './batched-sample.ts';
import { SampleBatch } from './sample-batch.ts';
import { fastSample, hostId, largeSample, mediumSample, otherId } from './sample-fixture.ts';
import { maxProcesses, maxProcessText } from './sample-limits.ts';

const start = Date.UTC(2026, 3, 22, 12);
const hour = 3_600_000;
let batch: SampleBatch;

beforeEach(() => {
  batch = new SampleBatch();
});

function withList(list: Process[], at = start): Sample {
  const sample = fastSample(at, 1);
  return { ...sample, data: { ...sample.data, processes: { count: 5000, window_seconds: 2, list } } };
}

const row = fastSample(start, 1).data.processes?.list[0] as Process;
const rows = (count: number, command: string) => Array.from({ length: count }, (_, pid) => ({ ...row, pid, command }));

describe('a process list', () => {
  const kept = (sample: Sample) => {
    batch.add(hostId, sample);
    return batchedSamples(batch.take()).next().value?.processes;
  };

  test('within the limits is handed on as it is', () => {
    const list = rows(maxProcesses, 'x'.repeat(1000));
    expect(kept(withList(list))).toEqual({ count: 5000, window_seconds: 2, list });
    expect(batch.cut.size).toBe(0);
  });

  test('of too many rows keeps the first ones, and that is told until a sample is whole again', () => {
    const list = rows(maxProcesses + 1, 'x');
    expect(kept(withList(list))).toEqual({ count: 5000, window_seconds: 2, list: list.slice(0, maxProcesses) });
    batch.add(otherId, fastSample(start, 1));
    batch.add(hostId, mediumSample(start));
    expect([...batch.cut]).toEqual([[`fast ${hostId}`, 'processes']]);
    batch.add(hostId, fastSample(start + 1, 1));
    expect(batch.cut.size).toBe(0);
  });

  test('of too much text keeps what fits, and is unknown where nothing does', () => {
    const long = 'x'.repeat(maxProcessText / 2 - 100);
    expect(kept(withList(rows(3, long)))?.list).toEqual(rows(2, long));
    for (const field of ['name', 'user', 'state', 'command'] as const) {
      expect(kept(withList([{ ...row, [field]: 'x'.repeat(maxProcessText + 1) }]))).toBeNull();
    }
  });
});

test('samples do not fill the memory, however large they are', () => {
  const sample = largeSample(start, 200_000);
  for (let i = 0; i < 400; i++) batch.add(hostId, { ...sample, collected_at: new Date(start + i).toISOString() });
  const { lost } = batch;
  expect([lost > 0, batch.take().count + lost]).toEqual([true, 400]);
  batch.add(hostId, sample);
  expect([batch.lost, batch.take().count]).toEqual([lost, 1]);
});

describe('a host whose cores or mount points change in every sample', () => {
  const changing = (at: number, i: number): Sample => {
    const sample = fastSample(at, 1);
    const cores = Array.from({ length: 300 }, (_, k) => ({ id: 1000 * i + k, share: null }));
    return { ...sample, data: { ...sample.data, cpu: { total: null, cores } } };
  };
  const namesIn = (samples: readonly Sample[], host = hostId) => {
    for (const sample of samples) batch.add(host, sample);
    return batch.take().layouts.map(([, names]) => names.length);
  };

  test('keeps what every host has, when there are too many new names in an hour', () => {
    const samples = Array.from({ length: 50 }, (_, i) => changing(start + i * 2000, i));
    const layouts = namesIn(samples);
    const whole = layouts.filter((count) => count > 300);
    expect({ few: whole.length < 15, some: whole.length > 5, plain: layouts.length - whole.length }).toEqual({
      ...{ few: true, some: true, plain: 1 },
    });
    expect([...batch.cut]).toEqual([[`fast ${hostId}`, 'readings']]);
    // One that does not change, another host, and the next hour are free of it.
    expect(namesIn([changing(start + 200_000, 49)])).toEqual([]);
    expect(namesIn([changing(start, 60)], otherId)).toHaveLength(1);
    expect(namesIn([changing(start + hour, 70)])[0]).toBeGreaterThan(300);
    expect(batch.cut.size).toBe(0);
  });

  test('with more of them than are kept is told', () => {
    batch.add(hostId, {
      ...mediumSample(start),
      data: { ...mediumSample(start).data, filesystems: { list: manyMounts(65) } },
    });
    expect([...batch.cut]).toEqual([[`medium ${hostId}`, 'readings']]);
  });

  const manyMounts = (count: number) => {
    const [first] = mediumSample(start).data.filesystems?.list ?? [];
    return Array.from({ length: count }, (_, i) => ({ ...(first as NonNullable<typeof first>), mount: `/srv/${i}` }));
  };
});
