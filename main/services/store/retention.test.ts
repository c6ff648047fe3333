import { statSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Sample } from '../../contract/samples.ts';
import { fastSample, hostId, largeSample, otherId, span } from './sample-fixture.ts';
import { naive, readings } from './series-fixture.ts';
import type { Store } from './store.ts';
import { createStoreFolder, day, host, hour, type StoreFolder, start } from './store-fixture.ts';

let path: string;
let opened: StoreFolder['opened'];
let end: StoreFolder['end'];

beforeEach(() => {
  ({ path, opened, end } = createStoreFolder());
});
afterEach(() => end());

const minute = 60_000;

describe('retention', () => {
  test('by age: samples become minutes with nothing lost to the chart, and minutes go', async () => {
    const store = await opened();
    const [dense, sparse] = [span(start, 1800, 2000), span(start + 2 * hour, 480, 30_000)];
    const all = [...dense, ...sparse];
    store.append(hostId, all);
    store.append(hostId, span(start + 40 * day, 1, 2000));
    await sealed(store);
    const request = { readings, from: start, to: start + 6 * hour, points: 200 };
    const before = await store.series({ hostId, ...request });
    const ask = async () => [
      await store.series({ hostId, ...request }),
      await store.processesAt(hostId, start + minute),
    ];

    await store.maintain(start + 3 * day);
    expect(await ask()).toEqual([before, null]);
    expect(await store.processesAt(hostId, start + 3 * hour)).not.toBeNull();
    await store.maintain(start + 32 * day);
    expect(await ask()).toEqual([before, null]);
    expect(await store.processesAt(hostId, start + 3 * hour)).toBeNull();
    await store.maintain(start + 731 * day);
    expect((await ask())[0]).toMatchObject({ times: [] });
  });

  test('by size: the oldest goes first', async () => {
    const store = await opened({ retention: { maxBytes: 400_000 } });
    for (let i = 0; i < 40; i++) {
      store.append(hostId, span(start + i * 500_000, 240, 2000));
      await store.flush();
    }
    await sealed(store);
    const full = await store.health();
    await store.maintain(start);
    const kept = await store.health();
    const last = start + 39 * 500_000;
    expect({
      before: full.bytes > 400_000,
      after: kept.bytes <= 400_000,
      file: statSync(path).size < full.bytes + 4_000_000,
    }).toEqual({
      before: true,
      after: true,
      file: true,
    });
    expect(await store.processesAt(hostId, last)).not.toBeNull();
    expect(await store.processesAt(hostId, start + minute)).toBeNull();
  });

  test('by size: the host that takes most gives way, and others keep all that they have, older or not', async () => {
    const maxBytes = 4 << 20;
    const store = await opened({ retention: { maxBytes } });
    const quiet = [...span(start, 300, 2000), ...span(start + hour, 60, 2000)];
    store.append(otherId, quiet.slice(0, 300));
    const loud = Array.from({ length: 60 }, (_, i) => largeSample(start + hour + i * 2000, 120_000));
    const files: number[] = [];
    for (const [i, sample] of loud.entries()) {
      store.append(hostId, [sample]);
      store.append(otherId, [quiet[300 + i] as Sample]);
      await store.flush();
      if (i % 15 !== 14) continue;
      await store.maintain(start + hour);
      files.push(statSync(path).size);
    }
    const request = { readings, from: start, to: start + 2 * hour, points: 1000 };
    const known = quiet.filter((sample) => sample.data.processes);
    const lists = await Promise.all(
      known.map((sample) =>
        store.processesAt(otherId, Date.parse(sample.collected_at)).then((list) => list?.processes),
      ),
    );
    const { bytes, overfull } = await store.health();
    expect({
      ...{ fits: bytes <= maxBytes, overfull, files: files.filter((size) => size > maxBytes + (3 << 20)) },
      ...{ lists, times: (await store.series({ hostId: otherId, ...request })).times.length },
      newest: (await store.processesAt(hostId, start + hour + 59 * 2000))?.processes,
      oldest: await store.processesAt(hostId, start + hour),
    }).toEqual({
      ...{ fits: true, overfull: false, files: [] },
      ...{ lists: known.map((sample) => sample.data.processes), times: naive(quiet, request).times.length },
      newest: loud[59]?.data.processes,
      oldest: null,
    });
  });

  test('by size: what takes too much is told before the hour of retention has come', async () => {
    const store = await opened({ retention: { maxBytes: 2 << 20 } });
    const before = await store.health();
    store.append(
      hostId,
      Array.from({ length: 30 }, (_, i) => largeSample(start + i * 2000, 120_000)),
    );
    await store.flush();
    const after = await store.health();
    await store.maintain(start);
    expect([before.overfull, after.overfull, (await store.health()).overfull]).toEqual([false, true, false]);
  });

  /** Waits until the journal has been emptied into blocks but for the open frames. */
  async function sealed(store: Store): Promise<void> {
    await store.flush();
    await expect
      .poll(async () => {
        const before = await store.health();
        await new Promise((resolve) => setTimeout(resolve, 100));
        return (await store.health()).bytes === before.bytes;
      })
      .toBe(true);
  }
});

test('a host that sends more than is kept is told by name', async () => {
  const store = await opened({ path: ':memory:' });
  await store.saveHost(host);
  store.append(hostId, [largeSample(start, 300_000)]);
  const cut = await store.processesAt(hostId, start);
  expect([(await store.health()).problem, cut?.processes.list.length]).toEqual([
    'web sends more than history takes: only the first 200 processes with 256 KiB of text are kept of each list.',
    200,
  ]);
  store.append(hostId, [fastSample(start + 2000, 1)]);
  expect((await store.health()).problem).toBeNull();
});
