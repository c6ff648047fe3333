import { describe, expect, test } from 'vitest';
import { corpus, expected, type Json, keep, sample, text } from '../../services/collect/corpus-fixture.ts';
import { cpu, parseCpuTimes } from './collectors/cpu.ts';
import { parseDf } from './collectors/df-table.ts';
import { parseMeminfo } from './collectors/memory.ts';
import { parseIo } from './collectors/processes/io.ts';
import { parseStatLines } from './collectors/processes/stat-line.ts';
import { parseCommandLine, parseStatus } from './collectors/processes/texts.ts';
import { createPipeline } from './pipeline.ts';

// biome-ignore lint/suspicious/noConsole: a test that does not run says why.
if (corpus === undefined) console.log('The corpus is not read: RACKSIDE_CORPUS names no directory.');

const stat = "grep -E '^cpu' /proc/stat";
const meminfo =
  "grep -E '^(MemTotal|MemFree|MemAvailable|Buffers|Cached|SReclaimable|Shmem|SwapTotal|SwapFree):' /proc/meminfo";
describe.skipIf(corpus === undefined)('the corpus', () => {
  test.each(['cpu/telegraf-linux-proc-stat', 'cpu/telegraf-linux-cpu-count-increase'])(
    '%s: shares of each CPU',
    (pair) => {
      const pipeline = createPipeline([cpu]);
      sample(1, { [stat]: keep(text(`${pair}-t0`), /^cpu/) }, pipeline);
      // The source does not say how far apart they are; no CPU counts so much in a second.
      const { data } = sample(1e6, { [stat]: keep(text(`${pair}-t1`), /^cpu/) }, pipeline);
      const wanted = expected<{ tags: { cpu: string }; fields: Record<string, number> }[]>(`${pair}-t1`);
      expect(wanted.length).toBeGreaterThan(1);
      for (const { tags, fields } of wanted) {
        const share =
          tags.cpu === 'cpu-total'
            ? data.cpu?.total
            : data.cpu?.cores.find((core) => `cpu${core.id}` === tags.cpu)?.share;
        for (const name of ['user', 'nice', 'system', 'idle', 'iowait', 'irq', 'softirq', 'steal'] as const) {
          expect(share?.[`${name}_percent`]).toBeCloseTo(fields[`usage_${name}`] as number, 10);
        }
      }
      const counted = wanted.filter(({ tags }) => tags.cpu !== 'cpu-total').length;
      expect(data.cpu?.cores.filter((core) => core.share !== null).length).toBe(counted);
    },
  );

  test('cpu/jc-linux5-stat: columns', () => {
    const wanted = expected<Record<string, Json>>('cpu/jc-linux5-stat');
    for (const [name, times] of parseCpuTimes(text('cpu/jc-linux5-stat'))) {
      expect(times).toEqual(Object.values(wanted[name] as Json).slice(0, 8));
    }
  });

  test.each([
    'cpu/procfs-linux-proc-stat',
    'cpu/nodeexporter-linux-proc-stat-guest',
    'cpu/gopsutil-linux-proc-stat-steal',
  ])('%s is read', (name) => {
    const lines = keep(text(name), /^cpu/).split('\n');
    expect(parseCpuTimes(text(name)).size).toBe(lines.length);
  });

  test('mem/gopsutil-linux-meminfo-corei5: used is total − available', () => {
    const wanted = expected('mem/gopsutil-linux-meminfo-corei5');
    expect(sample(1, { [meminfo]: text('mem/gopsutil-linux-meminfo-corei5') }).data.memory).toMatchObject({
      total_bytes: wanted.total,
      available_bytes: wanted.available,
      used_bytes: wanted.used,
      free_bytes: wanted.free,
      buffers_bytes: wanted.buffers,
      shared_bytes: wanted.shared,
      swap: {
        total_bytes: wanted.swap_total,
        used_bytes: (wanted.swap_total as number) - (wanted.swap_free as number),
      },
    });
  });

  test('mem/pcp-linux-meminfo-006: slab that cannot be reclaimed is in use', () => {
    const { data } = sample(1, { [meminfo]: text('mem/pcp-linux-meminfo-006') });
    expect([data.memory?.total_bytes, data.memory?.available_bytes]).toEqual([3_871_596 * 1024, 2_879_076 * 1024]);
  });

  test.each(['mem/jc-linux-meminfo', 'mem/nodeexporter-linux-meminfo'])('%s: every field', (name) => {
    const fields = parseMeminfo(text(name));
    const wanted = expected(name);
    let compared = 0;
    for (const [key, value] of fields) {
      const told =
        wanted[`node_memory_${key}_bytes`] ?? (wanted[key] === undefined ? undefined : Number(wanted[key]) * 1024);
      if (told === undefined) continue;
      expect([key, value]).toEqual([key, told]);
      compared += 1;
    }
    expect(compared).toBeGreaterThan(8);
  });

  test('mem/procfs-linux313-meminfo-no-available: an estimate, and it says so', () => {
    const { data } = sample(1, { [meminfo]: text('mem/procfs-linux313-meminfo-no-available') });
    expect(data.memory?.available_estimated).toBe(true);
  });

  test.each([
    'procs/jc-linux-pid-stat',
    'procs/jc-linux-pid-stat-hack',
    'procs/procfs-linux-pid26231-stat',
    'procs/gopsutil-linux-pid68927-stat',
    'procs/pcp-linux-bigpid-stat',
  ])('%s: the fields that are used', (name) => {
    const wanted = expected(name);
    const [line, ...more] = parseStatLines(text(name));
    expect([line?.pid, line?.name, line?.state, more]).toEqual([wanted.pid, wanted.comm, wanted.state, []]);
    if (wanted.utime !== undefined) expect(line?.ticks).toBe(Number(wanted.utime) + Number(wanted.stime));
    if (wanted.starttime !== undefined) expect(line?.startTicks).toBe(wanted.starttime);
    const pages = wanted.rss_pages ?? wanted.rss;
    if (pages !== undefined) expect(line?.rssPages).toBe(pages);
  });

  test.each(['procs/nodeexporter-linux-pid1-stat-42fields', 'procs/nodeexporter-linux-pid11-stat-idle-thread'])(
    '%s is read',
    (name) => {
      expect(parseStatLines(text(name)).length).toBe(1);
    },
  );

  test('procs/pcp-linux-2.6.32-all-pid-stat: all of them, and the largest', () => {
    const name = 'procs/pcp-linux-2.6.32-all-pid-stat';
    const wanted = expected<{ count: number; top10_by_rss: { pid: number; rss_pages: number }[] }>(name);
    const lines = parseStatLines(text(name));
    const top = [...lines].sort((a, b) => b.rssPages - a.rssPages).slice(0, 10);
    expect(lines.length).toBe(wanted.count);
    expect(top.map(({ pid, rssPages }) => [pid, rssPages])).toEqual(
      wanted.top10_by_rss.map((one) => [one.pid, one.rss_pages]),
    );
  });

  test('procs/jc-linux-pid-status: the user and the resident size', () => {
    const { Uid, VmRSS } = expected<{ Uid: number[]; VmRSS: number }>('procs/jc-linux-pid-status');
    const lines = text('procs/jc-linux-pid-status')
      .split('\n')
      .filter((line) => /^(Uid|VmRSS):/.test(line));
    const printed = lines.map((line) => `/proc/1/status:${line}\n`).join('');
    expect(parseStatus(printed)).toEqual(new Map([[1, { uid: String(Uid[1]), rssBytes: VmRSS * 1024 }]]));
  });

  test('procs/pcp-linux-2.6.32-all-pid-status: a user for each, and no size where there is none', () => {
    const files = text('procs/pcp-linux-2.6.32-all-pid-status').split(/^(?=Name:)/m);
    const printed = files.map((file, pid) => file.replace(/^/gm, `/proc/${pid}/status:`)).join('\n');
    const found = [...parseStatus(printed).values()];
    expect(found.map(({ uid, rssBytes }) => [uid !== null, rssBytes === null])).toEqual(
      files.map((file) => [true, !file.includes('\nVmRSS:')]),
    );
    expect(found.length).toBeGreaterThan(100);
  });

  test('procs/jc-linux-pid-io: what disks did for it, and not what it read and wrote', () => {
    const {
      read_bytes: read,
      write_bytes: write,
      cancelled_write_bytes: cancelled,
    } = expected('procs/jc-linux-pid-io');
    const printed = text('procs/jc-linux-pid-io').replace(/^/gm, '/proc/1/io:');
    expect(parseIo(printed)).toEqual(new Map([[1, { read, write, cancelled }]]));
  });

  test('procs/procfs-linux-pid26231-cmdline: words', () => {
    expect(parseCommandLine(text('procs/procfs-linux-pid26231-cmdline'))).toBe('vim test.go +10');
  });

  test('sys: load and uptime', () => {
    const wanted = expected('sys/jc-linux-loadavg');
    const { data } = sample(1, { 'cat /proc/loadavg': text('sys/jc-linux-loadavg') });
    expect([data.load?.one, data.load?.five, data.load?.fifteen, data.load?.running]).toEqual([
      wanted.load_1m,
      wanted.load_5m,
      wanted.load_15m,
      wanted.running,
    ]);
    const uptime = Number.parseFloat(text('sys/jc-linux-uptime'));
    expect(sample(uptime, {}).data.clock.uptime_seconds).toBe(expected('sys/jc-linux-uptime').up_time);
  });

  test.each(['disk/jc-centos77-df', 'disk/jc-ubuntu1804-df'])('%s: rows', (name) => {
    const wanted = expected<Json[]>(name);
    expect(
      parseDf(text(name))?.map((row) => [row.device, row.mount, row.size_bytes, row.used_bytes, row.available_bytes]),
    ).toEqual(
      wanted.map((row) => [
        row.filesystem,
        row.mounted_on,
        ...['1k_blocks', 'used', 'available'].map((key) => Number(row[key]) * 1024),
      ]),
    );
  });

  test('disk/index55723475921-synologylike-df-P: a table', () => {
    expect(parseDf(text('disk/index55723475921-synologylike-df-P'))?.length).toBeGreaterThan(3);
  });
});
