import { describe, expect, test } from 'vitest';
import type { SampleData } from '../../../contract/samples.ts';
import { disks } from './disks.ts';
import { record, run } from './round-fixture.ts';

type Value = NonNullable<SampleData['disks']>;

const line = (name: string, ...columns: (number | string)[]) => `   8       0 ${name} ${columns.join(' ')}\n`;
/** reads merged sectors ms · writes merged sectors ms · under way, busy ms, weighted ms */
const idle = [1, 0, 8, 1, 1, 0, 8, 1, 0, 1, 2];

const unknown = {
  read_bytes_per_second: null,
  write_bytes_per_second: null,
  reads_per_second: null,
  writes_per_second: null,
  busy_percent: null,
  read_latency_ms: null,
  write_latency_ms: null,
  queue_depth: null,
};

/** The disks of the second of two rounds, two seconds apart. */
function second(before: string, after: string): Value {
  const first = run(disks, { 'disks.diskstats': before });
  const outcome = run(disks, { 'disks.diskstats': after }, { previous: first.state, elapsed: 2 });
  if (outcome.status !== 'ok') throw new Error(outcome.reason);
  return outcome.value as Value;
}

describe('disks', () => {
  test('a first sample has names only', () => {
    expect(run(disks, { 'disks.diskstats': line('sda', ...idle) })).toMatchObject({
      status: 'ok',
      value: {
        total: { read_bytes_per_second: null, write_bytes_per_second: null },
        list: [{ name: 'sda', ...unknown }],
      },
    });
  });

  test('rates are per second of host time, latency per request that ended; 11, 15 and 17 columns', () => {
    const before = line('sda', ...idle) + line('nvme0n1', ...idle, 0, 0, 0, 0) + line('vda', ...idle, 1, 0, 8, 1, 5, 3);
    const after =
      line('sda', 11, 0, 108, 51, 1, 0, 8, 1, 0, 501, 1002) +
      line('nvme0n1', 1, 0, 8, 1, 3, 9, 48, 2, 7, 2, 3, 0, 0, 0, 0) +
      line('vda', ...idle, 9, 0, 80, 1, 6, 4);
    expect(second(before, after)).toEqual({
      total: { read_bytes_per_second: 25_600, write_bytes_per_second: 10_240 },
      list: [
        {
          name: 'sda',
          read_bytes_per_second: 25_600,
          write_bytes_per_second: 0,
          reads_per_second: 5,
          writes_per_second: 0,
          busy_percent: 25,
          read_latency_ms: 5,
          write_latency_ms: null,
          queue_depth: 0.5,
        },
        {
          name: 'nvme0n1',
          read_bytes_per_second: 0,
          write_bytes_per_second: 10_240,
          reads_per_second: 0,
          writes_per_second: 1,
          busy_percent: 0.05,
          read_latency_ms: null,
          write_latency_ms: 0.5,
          queue_depth: 0.0005,
        },
        {
          name: 'vda',
          ...{ read_bytes_per_second: 0, write_bytes_per_second: 0, reads_per_second: 0, writes_per_second: 0 },
          ...{ busy_percent: 0, read_latency_ms: null, write_latency_ms: null, queue_depth: 0 },
        },
      ],
    });
  });

  test('whole disks only, each once; what was never asked is an empty slot', () => {
    const names =
      `sda sda1 sdaa nvme0n1 nvme0n1p2 nvme0c0n1 mmcblk0 mmcblk0p1 mmcblk0boot0 loop0 ram0 zram0 zd0 zd0p1 dm-0
      md0 md0p1 bcache0 drbd0 sr0 fd0 vda vda15 hdc xvdb xvdb1 xvdc1 dasda dasda1 nbd0 rbd0 sata1 sata1p1 usb1 usb1p1 cciss/c0d0 cciss/c0d0p1`.split(
        /\s+/,
      );
    const text = names.map((name) => line(name, ...idle)).join('') + line('nbd1', ...idle.map(() => 0));
    expect(second(text, text).list.map(({ name }) => name)).toEqual(
      'sda sdaa nvme0n1 mmcblk0 vda hdc xvdb xvdc1 dasda nbd0 rbd0 sata1 usb1 cciss/c0d0'.split(' '),
    );
  });

  test('times have 32 bits and wrap; a disk that was replaced by another one of its name has no rates', () => {
    const top = 2 ** 32 - 100;
    const before =
      line('sda', 10, 0, 80, top, 10, 0, 80, top, 0, top, top) + line('sdb', 9, 0, 80, 5, 9, 0, 80, 5, 0, 5, 5);
    const after =
      line('sda', 12, 0, 80, 100, 10, 0, 80, top, 0, 400, 1900) + line('sdb', 1, 0, 8, 1, 0, 0, 0, 0, 0, 1, 1);
    expect(second(before, after)).toMatchObject({
      total: { read_bytes_per_second: 0, write_bytes_per_second: 0 },
      list: [
        { name: 'sda', busy_percent: 25, read_latency_ms: 100, write_latency_ms: null, queue_depth: 1 },
        { name: 'sdb', ...unknown },
      ],
    });
  });

  test('where nobody fills the times they are unknown, not zero: lxcfs under cgroup v2', () => {
    expect(
      second(line('sda', 5, 0, 40, 0, 5, 0, 40, 0, 0, 0, 0), line('sda', 7, 0, 72, 0, 5, 0, 40, 0, 0, 0, 0)).list,
    ).toEqual([
      {
        name: 'sda',
        ...unknown,
        read_bytes_per_second: 8192,
        write_bytes_per_second: 0,
        reads_per_second: 1,
        writes_per_second: 0,
      },
    ]);
  });

  test('the share of busy time is 100 at most, though two clocks are read', () => {
    const after = [1, 0, 8, 1, 1, 0, 8, 1, 0, 2011, 2];
    expect(second(line('sda', ...idle), line('sda', ...after)).list[0]?.busy_percent).toBe(100);
  });

  test.each([
    ['absent', {}],
    ['absent', { 'disks.diskstats': record('', { exit: 2 }) }],
    ['absent', { 'disks.diskstats': record('', { exit: 1 }) }],
    ['absent', { 'disks.diskstats': line('sda', ...idle.map(() => 0)) }],
    ['failed', { 'disks.diskstats': record('', { exit: null, error: 'It hung.' }) }],
    ['failed', { 'disks.diskstats': '   8  0 sda 1 2 3' }],
  ])('%s: %j', (status, texts) => {
    expect(run(disks, texts).status).toBe(status);
  });
});
