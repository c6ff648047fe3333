import { describe, expect, test } from 'vitest';
import { type SampleData, sampleSchema } from '../../../contract/samples.ts';
import type { Command } from '../collector.ts';
import { commandLine } from '../command-line.ts';
import { createPipeline } from '../pipeline.ts';
import { beginLine, endLine } from '../round-lines.ts';
import { collectors } from './index.ts';

/** What a host can say at worst, through the pipeline as it comes: every sample is one by the contract, and small. */

function lineOf(id: string): string {
  const command = collectors.flatMap((collector) => collector.commands).find((one) => one.id === id);
  return commandLine(command as Command, '');
}

const lines = {
  meminfo:
    "grep -E '^(MemTotal|MemFree|MemAvailable|Buffers|Cached|SReclaimable|Shmem|SwapTotal|SwapFree):' /proc/meminfo",
  cpu: "grep -E '^cpu' /proc/stat",
  load: 'cat /proc/loadavg',
  mounts: 'cat /proc/self/mounts',
  df: 'df -P -k -l 2>/dev/null || df -P -k',
  cpus: 'cat /sys/devices/system/cpu/online',
  count: 'ls -d /proc/[0-9]* | wc -l',
  stat: 'cat /proc/[0-9]*/stat  # the top 10 by CPU and by memory',
  dev: 'cat /proc/net/dev  # 64 interfaces at most, physical ones and bonds first',
  facts: "cd /sys/class/net && grep -sE '^(DRIVER=.*|[0-9a-z-]+)$' */flags */operstate */speed */device/uevent",
  disks: lineOf('disks.diskstats'),
  sensors: lineOf('sensors.values'),
  sensorFacts: lineOf('sensors.facts'),
  pressure: 'cat /proc/pressure/io',
  date: 'date +%s.%N',
};

/** The last sample of rounds that begin a microsecond apart. */
function sampleOf(kind: 'fast' | 'medium', ...rounds: Partial<Record<keyof typeof lines, string>>[]): SampleData {
  const pipeline = createPipeline(collectors);
  const record = (command: string, text: string, error: string | null = null) => ({
    command,
    endedAt: 0,
    exit: 0,
    error,
    durationMs: 0,
    stdout: new TextEncoder().encode(text),
    stderr: new Uint8Array(),
    truncated: false,
    timedOut: false,
  });
  const samples = rounds.flatMap((round, index) =>
    [
      record(beginLine(kind), `${(100 + index * 1e-6).toFixed(6)} 1.00\n3a45c086-a70e-4e2c-9235-1a300e888bd2\n`),
      ...Object.entries(round).map(([name, text]) => record(lines[name as keyof typeof lines], text)),
      record(endLine(kind), ''),
    ].flatMap((one) => pipeline.push(one)),
  );
  for (const sample of samples) expect(sampleSchema.parse(sample)).toEqual(sample);
  return samples.at(-1)?.data as SampleData;
}

const many = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join('');
const nines = '9'.repeat(300);
const stat = (pid: number | string, name = 'x', ticks: number | string = 1, more: number | string = 1) =>
  `${pid} (${name}) S 1 1 1 0 -1 0 0 0 0 0 ${ticks} 0 0 0 20 0 ${more} 0 50 1000 10 0 0\n`;
const header = 'Filesystem 1024-blocks Used Available Capacity Mounted on\n';

describe('cpu', () => {
  test('has 1,024 cores at most', () => {
    const cpu = `cpu  1 1 1 1\n${many(16_000, (index) => `cpu${index} 1 1 1 1\n`)}`;
    expect(sampleOf('fast', { cpu }).cpu?.cores).toEqual(
      Array.from({ length: 1024 }, (_, id) => ({ id, share: null })),
    );
  });

  test('a counter beyond all numbers has stood still', () => {
    const round = (user: number) => ({ cpu: `cpu  ${user} 1 1 1 18446744073709551615 ${nines}\n` });
    expect(sampleOf('fast', round(1), round(2)).cpu?.total).toMatchObject({ busy_percent: 100, iowait_percent: 0 });
  });
});

describe('processes', () => {
  test('are 64 at most, each once', () => {
    const list = sampleOf('fast', { stat: stat(7).repeat(10) + many(4405, (index) => stat(index)) }).processes?.list;
    expect(list?.map(({ pid }) => pid)).toEqual([
      7,
      ...Array.from({ length: 64 }, (_, pid) => pid).filter((pid) => pid !== 7),
    ]);
  });

  test('have numbers that are some', () => {
    const given = stat(1) + stat(nines) + stat(2, 'x', nines) + stat(3, 'x', 1, nines) + stat(4, 'x'.repeat(250_000));
    expect(sampleOf('fast', { stat: given, count: `${nines}\n` }).processes).toMatchObject({
      count: null,
      list: [{ pid: 1, name: 'x' }],
    });
    expect(sampleOf('fast', { stat: given, count: '-3\n' }).processes?.count).toBeNull();
  });

  test('keep no more cores busy than any kernel has', () => {
    const round = (ticks: number) => ({ cpus: '0-999999\n', stat: stat(1, 'x', ticks) });
    expect(sampleOf('fast', round(0), round(2 ** 53 - 1)).processes?.list).toMatchObject([
      { cpu_percent: null, cpu_host_percent: null },
    ]);
  });
});

describe('file systems', () => {
  const row = (device: string, mount: string) => `${device} 100 40 40 50% ${mount}\n`;
  test('are 256 at most', () => {
    const list = sampleOf('medium', { df: header + many(3000, (index) => row(`/dev/${index}`, `/${index}`)) })
      .filesystems?.list;
    expect(list?.map(({ mount }) => mount)).toEqual(Array.from({ length: 256 }, (_, index) => `/${index}`));
  });

  test('have names of 4 KiB at most', () => {
    const mounts = `x / ${'t'.repeat(9000)} rw 0 0\n`;
    const df = header + row('d'.repeat(5000), '/') + row('e', `/${'m'.repeat(9000)}`);
    const list = sampleOf('medium', { df, mounts }).filesystems?.list;
    expect(list?.map(({ device, mount, type }) => [device.length, mount.length, type?.length])).toEqual([
      [4096, 1, 64],
      [1, 4096, undefined],
    ]);
  });
});

describe('devices', () => {
  const numbers = (count: number, number: string) => Array.from({ length: count }, () => number).join(' ');

  test('interfaces are 64 at most, those that are counted first, and names have 64 characters', () => {
    const dev = `${many(500, (index) => `if${index}:${numbers(16, '1')}\n`)}${'e'.repeat(65)}: ${numbers(16, '1')}\n`;
    const facts =
      many(90, (index) => `if${index}/device/uevent:DRIVER=x\nif${index}/flags:0x1803\n`) +
      'if100/device/uevent:DRIVER=x\n';
    const list = sampleOf('fast', { dev, facts }).network?.interfaces ?? [];
    expect([list.length, list[0]?.name, list.filter(({ counted }) => counted).length]).toEqual([64, 'if100', 1]);
  });

  test('disks are 128 at most', () => {
    const disks = many(999, (index) => `8 0 nvme${index}n1 ${numbers(11, '1')}\n`);
    expect(sampleOf('fast', { disks }).disks?.list.length).toBe(128);
  });

  test('counters beyond all numbers stand still, and never become a number that is none', () => {
    const top = '18446744073709551615';
    const round = (number: string) => ({
      dev: `eth0: ${numbers(16, number)}\n`,
      facts: `eth0/speed:${nines}\neth0/flags:0x${'f'.repeat(99)}\n`,
      disks: `8 0 sda ${numbers(17, number)}\n`,
      pressure: `some avg10=0.00 avg60=0.00 avg300=0.00 total=${number}\n`,
      sensors: `hwmon/hwmon0/temp1_input:${nines}\nhwmon/hwmon0/fan1_input:${nines}\n`,
      sensorFacts: `hwmon/hwmon0/name:${'n'.repeat(9000)}\n`,
    });
    const data = sampleOf('fast', round('1'), round(top), round(top));
    expect(data).toMatchObject({
      network: { total: { rx_bytes_per_second: 0 }, interfaces: [{ speed_bits_per_second: null }] },
      disks: { total: { read_bytes_per_second: 0 } },
      pressure: { io: { some: { stalled_percent: 0 } } },
      sensors: { temperatures: [{ celsius: null }], fans: [{ rpm: null }] },
    });
    expect(data.sensors?.temperatures[0]?.chip.length).toBe(64);
  });

  test('a clock of no year is off by what it says', () => {
    expect(sampleOf('medium', { date: '99999999999.999999999' }).wall_clock?.offset_seconds).toBeCloseTo(1e11, 0);
    expect(sampleOf('medium', { date: nines }).problems.wall_clock?.status).toBe('failed');
  });
});

test('a reason is one short sentence, whatever it quotes', () => {
  const noise = `${'x'.repeat(78)}\u{1f600}`.repeat(100);
  const { problems } = sampleOf('fast', { cpu: noise, load: noise, meminfo: noise });
  const medium = sampleOf('medium', { df: noise }).problems;
  const reasons = [problems.cpu, problems.load, problems.memory, medium.filesystems].map(
    (problem) => problem?.reason ?? '',
  );
  expect(reasons.map((reason) => [reason.length <= 120, reason.isWellFormed(), reason.includes('xxx')])).toEqual(
    Array.from({ length: 4 }, () => [true, true, true]),
  );
});
