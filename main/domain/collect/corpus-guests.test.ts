import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { corpus, expected, type Json, text } from '../../services/collect/corpus-fixture.ts';
import { proxmox } from './collectors/proxmox/proxmox.ts';
import type { Proxmox } from './collectors/proxmox/told.ts';
import { run } from './collectors/round-fixture.ts';
import { parseUnits } from './collectors/units/units.ts';

const json = (name: string): string => readFileSync(join(corpus as string, `${name}.json`), 'utf8');

/** What the collector makes of one capture alone. */
function proxmoxOf(capture: string): Proxmox {
  const outcome = run(proxmox, { 'proxmox.resources': capture });
  if (outcome.status !== 'ok') throw new Error(outcome.reason);
  return outcome.value as Proxmox;
}

describe.skipIf(corpus === undefined)('the corpus of guests', () => {
  test('proxmox/goproxmox-pve7-nodes: every node', () => {
    const wanted = expected<{ node1: Json }>('proxmox/goproxmox-pve7-nodes').node1;
    const rows: Json[] = JSON.parse(json('proxmox/goproxmox-pve7-nodes')).data;
    const { nodes } = proxmoxOf(json('proxmox/goproxmox-pve7-nodes'));
    expect(nodes.map((one) => [one.name, one.cpus, one.memory_bytes, one.disk_bytes, one.uptime_seconds])).toEqual(
      rows.map((row) => [row.node, row.maxcpu, row.mem, row.disk, row.uptime]),
    );
    const [{ cpu_percent: cpu, memory_bytes: used, memory_total_bytes: total }] = nodes as [Proxmox['nodes'][number]];
    expect([cpu?.toFixed(3), ((100 * (used as number)) / (total as number)).toFixed(2)]).toEqual([
      (wanted.cpu_percent as number).toFixed(3),
      (wanted.mem_percent as number).toFixed(2),
    ]);
  });

  test('proxmox/goproxmox-pve7-cluster-status: quorum, and every node', () => {
    const { cluster, nodes } = proxmoxOf(json('proxmox/goproxmox-pve7-cluster-status'));
    expect(cluster).toEqual({ name: 'clustername', quorate: true, nodes: 4 });
    expect(nodes.map(({ name, online, local }) => [name, online, local])).toEqual([
      ['node1', true, true],
      ['node2', true, false],
      ['node3', true, false],
      ['node4', true, false],
    ]);
  });

  test('proxmox/goproxmox-pve7-node-status: load, memory and CPU', () => {
    const wanted = expected<Record<string, number>>('proxmox/goproxmox-pve7-node-status');
    const { version, nodes } = proxmoxOf(json('proxmox/goproxmox-pve7-node-status'));
    expect(version).toBe('7.4-16');
    expect(nodes).toMatchObject([
      { load_one: 0, load_five: 0, load_fifteen: 0, memory_bytes: wanted.mem_used, cpus: 8, uptime_seconds: 2_501_631 },
    ]);
    expect(nodes[0]?.cpu_percent).toBeCloseTo(wanted.cpu_percent as number, 4);
  });

  test.each([
    'proxmox/goproxmox-pve7-qemu-rrddata-hour',
    'proxmox/pulse-pve9-node-rrddata',
    'proxmox/pulse-pve9-lxc-rrddata',
    'proxmox/pulse-pve8-guest-rrddata',
  ])('%s: every row, and null for what it lacks', (name) => {
    const rows: Record<string, number>[] = JSON.parse(json(name)).data;
    expect(proxmoxOf(json(name)).history).toEqual(
      rows.map((row) => ({
        ...{ epoch_seconds: row.time, cpu_percent: row.cpu === undefined ? null : 100 * row.cpu },
        ...{ cpus: row.maxcpu ?? null, memory_bytes: row.mem ?? row.memused ?? null },
        memory_total_bytes: row.maxmem ?? row.memtotal ?? null,
        ...{ memory_available_bytes: row.memavailable ?? null, arc_bytes: row.arcsize ?? null },
        ...{ rx_bytes_per_second: row.netin ?? null, tx_bytes_per_second: row.netout ?? null },
        ...{ read_bytes_per_second: row.diskread ?? null, write_bytes_per_second: row.diskwrite ?? null },
      })),
    );
  });

  test('proxmox/index58707072845-pve-pct-list: every container', () => {
    const wanted = expected<Json[]>('proxmox/index58707072845-pve-pct-list');
    const { guests } = proxmoxOf(text('proxmox/index58707072845-pve-pct-list'));
    expect(guests.map(({ vmid, state, lock, name }) => ({ vmid, status: state, lock: lock ?? '', name }))).toEqual(
      wanted,
    );
  });

  test('proxmox/index49012098103-pve8-pvesm-status: every storage', () => {
    const rows = text('proxmox/index49012098103-pve8-pvesm-status').trimEnd().split('\n').slice(1);
    const { storages } = proxmoxOf(text('proxmox/index49012098103-pve8-pvesm-status'));
    expect(
      storages.map((one) => [
        ...[one.name, one.type, one.active],
        ...[one.total_bytes, one.used_bytes, one.available_bytes].map((bytes) => (bytes as number) / 1024),
        `${one.used_percent?.toFixed(2)}%`,
      ]),
    ).toEqual(
      rows.map((row) => {
        const [name, type, status, total, used, available, percent] = row.split(/\s+/);
        return [name, type, status === 'active', Number(total), Number(used), Number(available), percent];
      }),
    );
  });

  test('proxmox/index61209441063-pve9-ha-manager-status: quorum, nodes and service', () => {
    const found = proxmoxOf(text('proxmox/index61209441063-pve9-ha-manager-status'));
    expect(found.cluster?.quorate).toBe(true);
    expect(found.nodes.map(({ name }) => name)).toEqual(['proxmox', 'pve2', 'pve3']);
    expect(found.guests).toMatchObject([{ vmid: 200, type: 'qemu', node: 'pve2', ha_state: 'stopped' }]);
  });

  test('services/jc-centos77-systemctl: every unit', () => {
    const wanted = expected<Json[]>('services/jc-centos77-systemctl');
    const found = parseUnits(text('services/jc-centos77-systemctl'));
    expect(found?.map(({ name, ...rest }) => ({ unit: name, ...rest }))).toEqual(wanted);
  });
});
