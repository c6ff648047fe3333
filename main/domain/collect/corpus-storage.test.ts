import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Pool, RaidArray, Vdev } from '../../contract/storage.ts';
import { corpus, expected, type Json, text } from '../../services/collect/corpus-fixture.ts';
import { memory } from './collectors/memory.ts';
import { raids } from './collectors/raids/raids.ts';
import { run } from './collectors/round-fixture.ts';
import { datasets } from './collectors/zfs/datasets.ts';
import { sizeOf } from './collectors/zfs/values.ts';
import { zfs } from './collectors/zfs/zfs.ts';
import { parseCapture } from './parse-capture.ts';

const json = (name: string) => readFileSync(join(corpus as string, `${name}.json`), 'utf8');

function poolsOf(output: string, id = 'zfs.status'): Pool[] {
  return (run(zfs, { [id]: output }) as { value: { pools: Pool[] } }).value.pools;
}
const leaf = (name: string | undefined, pool: Pool | undefined) => pool?.vdevs.find((one) => one.name === name);

function arraysOf(output: string): RaidArray[] {
  return (run(raids, { 'raids.mdstat': output }) as { value: { list: RaidArray[] } }).value.list;
}

interface Detail {
  readonly device: string;
  readonly raid_level: string;
  readonly state_list: string[];
  readonly array_size_num: number;
  readonly raid_devices: number;
  readonly active_devices: number;
  readonly rebuild_status_percent: number;
  readonly device_table: { device: string; state: string[] }[];
}

interface StatusRow {
  readonly pool: string;
  readonly state: string;
  readonly errors: string;
  readonly config: { name: string; state: string | null; read: number; write: number; checksum: number }[];
}

describe.skipIf(corpus === undefined)('the corpus of storage', () => {
  test.each(['zfs/jc-generic-zpool-status-v', 'zfs/jc-generic-zpool-status-v4', 'zfs/jc-generic-zpool-status-spares'])(
    '%s: every row',
    (name) => {
      const found = poolsOf(text(name)).map((pool) => ({
        pool: pool.name,
        state: pool.state,
        errors: pool.data_errors === 0 ? 'No known data errors' : null,
        config: [pool, ...pool.vdevs].map((row) => [
          row.name,
          row.state,
          row.read_errors,
          row.write_errors,
          row.checksum_errors,
        ]),
      }));
      const wanted = expected<StatusRow[]>(name).map(({ pool, state, errors, config }) => ({
        ...{ pool, state, errors },
        // Sections are no rows.
        config: config
          .filter((row) => row.state !== null)
          .map((row) => [row.name, row.state, row.read ?? null, row.write ?? null, row.checksum ?? null]),
      }));
      expect(found).toEqual(wanted);
    },
  );

  test('zfs/jc-generic-zpool-iostat-v: pools and what they hold', () => {
    const wanted = expected<Json[]>('zfs/jc-generic-zpool-iostat-v').filter(({ parent }) => parent === undefined);
    expect(
      poolsOf(text('zfs/jc-generic-zpool-iostat-v')).map((pool) => [pool.name, pool.allocated_bytes, pool.free_bytes]),
    ).toEqual(
      wanted.map((one) => [
        one.pool,
        sizeOf(`${one.cap_alloc}${one.cap_alloc_unit}`),
        sizeOf(`${one.cap_free}${one.cap_free_unit}`),
      ]),
    );
  });

  test('zfs/checkzpools-pve-zpool-list-j and zfs/netdata-linux-zpool-list-p-faulted: sizes and health', () => {
    const [rpool, nvme] = poolsOf(json('zfs/checkzpools-pve-zpool-list-j'), 'zfs.list');
    const wanted = expected<Record<string, Json>>('zfs/checkzpools-pve-zpool-list-j');
    expect([
      rpool?.state,
      rpool?.size_bytes,
      rpool?.allocated_bytes,
      rpool?.fragmentation_percent,
      nvme?.state,
    ]).toEqual([
      wanted.rpool?.health,
      sizeOf(wanted.rpool?.size),
      sizeOf(wanted.rpool?.allocated),
      wanted.rpool?.fragmentation_percent,
      wanted['zpool-nvme']?.health,
    ]);
    expect([rpool, nvme].map((pool) => Math.floor(pool?.used_percent as number))).toEqual([2, 0]);
    const faulted = expected<Record<string, Json>>('zfs/netdata-linux-zpool-list-p-faulted');
    expect(
      poolsOf(text('zfs/netdata-linux-zpool-list-p-faulted'), 'zfs.list').map((pool) => [
        ...[pool.name, pool.size_bytes, pool.allocated_bytes, pool.free_bytes, pool.fragmentation_percent, pool.state],
      ]),
    ).toEqual(
      Object.entries(faulted).map(([name, one]) => [
        ...[name, one.size, one.alloc ?? null, one.free ?? null, one.frag ?? null, one.health],
      ]),
    );
  });

  test('zfs/sylve-freebsd-zpool-list-v-j: groups that are no vdevs', () => {
    const { tanky } = expected<Record<string, Record<string, string[]>>>('zfs/sylve-freebsd-zpool-list-v-j');
    const [pool] = poolsOf(json('zfs/sylve-freebsd-zpool-list-v-j'), 'zfs.list');
    const names = (role: Vdev['role']) =>
      pool?.vdevs.filter((one) => one.role === role && one.depth === 0).map(({ name }) => name);
    expect([names('data'), names('log'), names('cache'), names('spare')]).toEqual([
      ...[tanky?.data_vdevs, tanky?.log, tanky?.cache, tanky?.spare],
    ]);
    expect([pool?.state, Math.floor(pool?.used_percent as number), leaf('ada0p7', pool)?.state]).toEqual([
      'ONLINE',
      59,
      'AVAIL',
    ]);
  });

  test('scans of zfs/openzfs3087-scan-is-slow-head, openzfs3267 and openzfs5907', () => {
    const [slow] = poolsOf(text('zfs/openzfs3087-scan-is-slow-head'));
    const wanted = expected('zfs/openzfs3087-scan-is-slow-head');
    expect([slow?.scan?.progress_percent, slow?.scan?.remaining_seconds]).toEqual([wanted.percent, wanted.eta_s]);
    const [tank] = poolsOf(text('zfs/openzfs3267-linux06-resilver-slog'));
    const { pool, state, scan, percent, eta_s } = expected('zfs/openzfs3267-linux06-resilver-slog');
    expect([
      tank?.name,
      tank?.state,
      tank?.scan?.function,
      tank?.scan?.progress_percent,
      tank?.scan?.remaining_seconds,
    ]).toEqual([...[pool, state, scan, percent, eta_s]]);
    const [dozer] = poolsOf(text('zfs/openzfs5907-unavail-suspended'));
    expect({
      pool: dozer?.name,
      state: dozer?.state,
      percent: dozer?.scan?.progress_percent,
      faulted: dozer?.vdevs.filter((one) => one.state === 'FAULTED').map(({ name }) => name),
    }).toEqual(expected('zfs/openzfs5907-unavail-suspended'));
  });

  test('zfs/spl539-permanent-errors, and JSON of the tool and of its manual', () => {
    const [pool] = poolsOf(text('zfs/spl539-permanent-errors'));
    expect([pool?.checksum_errors, pool?.data_errors, pool?.damaged_files[7]]).toEqual([
      22,
      8,
      'tank/root/gentoo:<0x113d32>',
    ]);
    const exact = poolsOf(json('zfs/checkzpools-pve-zpool-status-j-int-ok'));
    expect(
      exact.map((one) => [one.name, one.state, one.scan?.function, one.scan?.duration_seconds, one.vdevs.length]),
    ).toEqual([
      ['rpool', 'ONLINE', 'resilver', 0, 3],
      ['zpool-hdd', 'ONLINE', 'scrub', 12, 9],
      ['zpool-nvme', 'ONLINE', 'scrub', 45, 1],
      ['zpool-ssd', 'ONLINE', 'scrub', 4875, 9],
    ]);
    const [partial] = poolsOf(json('zfs/index67125208211-zpool-status-j-partial'));
    expect(partial?.scan).toMatchObject({ state: 'finished', ended: 'Sun Jan 11 05:31:02 PM EST 2026', errors: null });
    const [manual] = poolsOf(json('zfs/openzfs-manpage-zpool-status-j'));
    expect(manual?.vdevs.map(({ role, state }) => `${role} ${state}`)).toEqual([
      ...Array(4).fill('data ONLINE'),
      ...Array(3).fill('dedup ONLINE'),
      'special ONLINE',
    ]);
  });

  test('zfs/nodeexporter-linux-arcstats: what the ARC holds, and what it gives back', () => {
    const name = 'zfs/nodeexporter-linux-arcstats';
    const { node_zfs_arc_size: size, node_zfs_arc_c_min: least } = expected(name) as Record<string, number>;
    const meminfo = 'MemTotal: 16000000 kB\nMemFree: 8000000 kB\nMemAvailable: 9000000 kB\n';
    expect(run(memory, { 'memory.meminfo': meminfo, 'memory.arc': text(name) })).toMatchObject({
      value: { arc: { size_bytes: size, reclaimable_bytes: (size as number) - (least as number) } },
    });
  });

  test('zfs/nodeexporter-linux-kstat-pool-state: the state of each pool, whatever command it is taken for', () => {
    const name = 'zfs/nodeexporter-linux-kstat-pool-state';
    const captures = [{ command: null, bytes: new TextEncoder().encode(text(name)) }];
    const parsed = parseCapture({ collector: zfs, captures, previous: [], elapsedSeconds: 0 });
    const { pools } = parsed.status === 'ok' ? (parsed.value as { pools: Pool[] }) : { pools: [] };
    expect(Object.fromEntries(pools.map((pool) => [pool.name, pool.state]))).toEqual(expected(name));
  });

  test('zfs/index62246626284-zfs-list-j-snap-bookmark: a snapshot is counted, a bookmark is none', () => {
    const outcome = run(datasets, { 'datasets.list': json('zfs/index62246626284-zfs-list-j-snap-bookmark') });
    expect(outcome).toEqual({ status: 'ok', value: { list: [], snapshots: 1 } });
  });

  test('raid/hdo404-hetzner-mdstat-degraded: which arrays, and by which disk', () => {
    const list = arraysOf(text('raid/hdo404-hetzner-mdstat-degraded'));
    const failed = list.flatMap(({ members }) =>
      members.filter(({ state }) => state === 'failed').map(({ name }) => name),
    );
    expect({
      degraded: list
        .filter(({ degraded }) => degraded)
        .map(({ name }) => name)
        .sort(),
      failed_disk: [...new Set(failed.map((name) => name.replace(/\d+$/, '')))].join(),
    }).toEqual(expected('raid/hdo404-hetzner-mdstat-degraded'));
  });

  test.each([
    'raid/jc-generic-mdadm-query-raid1-faulty-with-spare',
    'raid/jc-generic-mdadm-query-raid1-rebuild-failfast',
  ])('%s: the array and its members', (name) => {
    const wanted = expected<Detail>(name);
    const stateOf = (words: string[]) =>
      words.includes('faulty') ? 'failed' : words.includes('spare') ? 'spare' : 'active';
    expect(arraysOf(text(name))).toEqual([
      {
        name: wanted.device.replace('/dev/', ''),
        level: wanted.raid_level,
        state: wanted.state_list[0],
        size_bytes: wanted.array_size_num * 1024,
        disks: wanted.raid_devices,
        active_disks: wanted.active_devices,
        degraded: true,
        sync: {
          ...{ action: 'recovery', waiting: false, progress_percent: wanted.rebuild_status_percent },
          ...{ bytes_per_second: null, remaining_seconds: null },
        },
        members: wanted.device_table.map(({ device, state }) => ({
          name: device.replace('/dev/', ''),
          state: stateOf(state),
        })),
      },
    ]);
  });
});
