import { describe, expect, test } from 'vitest';
import { corpus, expected, type Json, keep, text } from '../../services/collect/corpus-fixture.ts';
import { parseDf } from './collectors/df-table.ts';
import { disks, parseDiskstats } from './collectors/disks.ts';
import { parseNetDev } from './collectors/network/texts.ts';
import { parsePressure } from './collectors/pressure.ts';
import { run } from './collectors/round-fixture.ts';
import { sensors } from './collectors/sensors/sensors.ts';

describe.skipIf(corpus === undefined)('the corpus of devices', () => {
  test('pressure/pcp-linux-psi-001: every line of every file', () => {
    const files = text('pressure/pcp-linux-psi-001')
      .split(/^===== /m)
      .slice(1);
    const found = files.map((file) => [...parsePressure(file)].map(([name, line]) => [name, line.totalMicroseconds]));
    const totals = files.map((file) =>
      [...file.matchAll(/^(\w+) .*total=(\d+)$/gm)].map((one) => [one[1], Number(one[2])]),
    );
    expect(found).toEqual(totals);
    expect(found.map((lines) => lines.length)).toEqual([1, 2, 2]);
  });

  test('diskio/jc-linux5-diskstats: the whole disks', () => {
    const wanted = expected<Json[]>('diskio/jc-linux5-diskstats').filter(({ device }) => device === 'sda');
    const kept = disks.commands.flatMap((command) => (command.type === 'read' ? [new RegExp(command.keep ?? '')] : []));
    const found = parseDiskstats(keep(text('diskio/jc-linux5-diskstats'), kept[0] as RegExp));
    expect(found).toEqual(parseDiskstats(text('diskio/jc-linux5-diskstats')));
    expect([...found]).toEqual(
      wanted.map((one) => [
        one.device,
        {
          ...{ reads: one.reads_completed, readSectors: one.sectors_read, readMs: one.read_time_ms },
          ...{ writes: one.writes_completed, writeSectors: one.sectors_written, writeMs: one.write_time_ms },
          ...{ busyMs: one.io_time_ms, weightedMs: one.weighted_io_time_ms },
        },
      ]),
    );
  });

  test('disk/capture-debian12-df-output: bytes and types', () => {
    const [root] = parseDf(text('disk/capture-debian12-df-output')) ?? [];
    const { size, used, avail, pcent } =
      expected<Record<string, Record<string, number>>>('disk/capture-debian12-df-output')['/'] ?? {};
    expect([root?.type, root?.size_bytes, root?.used_bytes, root?.available_bytes]).toEqual([
      'ext4',
      size,
      used,
      avail,
    ]);
    expect(Math.ceil(root?.used_percent as number)).toBe(pcent);
  });

  test('disk/jc-macos1014-df: blocks of 512 bytes, and columns of inodes', () => {
    const wanted = expected<Json[]>('disk/jc-macos1014-df');
    expect(
      parseDf(text('disk/jc-macos1014-df'))?.map((one) => [one.device, one.mount, one.size_bytes, one.used_bytes]),
    ).toEqual(
      wanted.map((one) => [
        ...[one.filesystem, one.mounted_on],
        ...[Number(one['512_blocks']) * 512, Number(one.used) * 512],
      ]),
    );
  });

  test('net/jc-linux-net-dev: every counter', () => {
    const wanted = expected<Json[]>('net/jc-linux-net-dev');
    expect([...parseNetDev(text('net/jc-linux-net-dev'))]).toEqual(
      wanted.map((one) => [
        one.interface,
        {
          ...{ rxBytes: one.r_bytes, rxPackets: one.r_packets, rxErrors: one.r_errs, rxDrops: one.r_drop },
          ...{ txBytes: one.t_bytes, txPackets: one.t_packets, txErrors: one.t_errs, txDrops: one.t_drop },
        },
      ]),
    );
  });

  test.each(['net/pcp-linux-4.15-net-dev', 'net/procfs-linux-net-dev-nopad'])('%s: every interface', (name) => {
    const rows = text(name)
      .split('\n')
      .filter((line) => /: *\d/.test(line));
    const wanted = rows.map((row) => {
      const [interface_, numbers] = row.split(':') as [string, string];
      const columns = numbers.trim().split(/\s+/).map(Number);
      return [interface_.trim(), columns[0], columns[8]];
    });
    const found = [...parseNetDev(text(name))].map(([one, { rxBytes, txBytes }]) => [one, rxBytes, txBytes]);
    expect(found).toEqual(wanted);
  });

  test('temps/nodeexporter-linux-thermal-zone: degrees of the zone', () => {
    const wanted = expected('temps/nodeexporter-linux-thermal-zone');
    const files = text('temps/nodeexporter-linux-thermal-zone').replaceAll('devices/virtual/', '');
    expect(run(sensors, { 'sensors.facts': files, 'sensors.values': files })).toMatchObject({
      status: 'ok',
      value: {
        temperatures: [
          {
            id: 'cpu-thermal/thermal_zone0',
            celsius: wanted['node_thermal_zone_temp{type="cpu-thermal",zone="0"}'],
          },
        ],
        fans: [],
      },
    });
  });

  test.each(['busybox/capture-busybox135-df-k', 'busybox/index6250940755-openwrt-df'])('%s: every row', (name) => {
    const wanted = text(name)
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((row) => row.split(/\s+/))
      .map(([device, size, used, available, , mount]) => [
        device,
        Number(size),
        Number(used),
        Number(available),
        mount,
      ]);
    expect(
      parseDf(text(name))?.map((row) => [
        row.device,
        ...[row.size_bytes, row.used_bytes, row.available_bytes].map((bytes) => bytes / 1024),
        row.mount,
      ]),
    ).toEqual(wanted);
  });
});
