import { describe, expect, test } from 'vitest';
import { collectors } from './collectors/index.ts';
import { parseCapture, UnknownCommand } from './parse-capture.ts';

const collector = (id: string) => collectors.find((one) => one.id === id) as (typeof collectors)[number];
const bytes = (text: string) => new TextEncoder().encode(text);
const capture = (text: string, command: string | null = null) => ({ command, bytes: bytes(text) });
const parse = (id: string, texts: readonly string[], previous: readonly string[] = [], elapsedSeconds = 0) =>
  parseCapture({
    collector: collector(id),
    captures: texts.map((text) => capture(text)),
    previous: previous.map((text) => capture(text)),
    elapsedSeconds,
  });

describe('a capture', () => {
  test('alone is taken for the command that it makes most sense as', () => {
    expect(parse('load', ['0.50 0.25 0.10 2/300 4242\n'])).toEqual({
      status: 'ok',
      value: { one: 0.5, five: 0.25, fifteen: 0.1, running: 2, tasks: 300 },
    });
    const meminfo = 'MemTotal:  1000 kB\nMemFree:  200 kB\nMemAvailable:  600 kB\nHugepagesize:  2048 kB\n';
    expect(parse('memory', [meminfo])).toMatchObject({
      status: 'ok',
      value: { total_bytes: 1_024_000, used_bytes: 409_600 },
    });
  });

  test('with the one of the round before it gives rates', () => {
    const stat = (user: number, idle: number) =>
      `cpu  ${user} 0 0 ${idle} 0 0 0 0 0 0\ncpu0 ${user} 0 0 ${idle} 0 0 0 0 0 0\nintr 1 2 3\n`;
    expect(parse('cpu', [stat(150, 950)], [stat(100, 900)], 1)).toMatchObject({
      status: 'ok',
      value: { total: { busy_percent: 50 }, cores: [{ id: 0, share: { busy_percent: 50 } }] },
    });
    expect(parse('cpu', [stat(150, 950)])).toMatchObject({ status: 'ok', value: { total: null } });
  });

  test('that is not readable says why, and where it stands what is', () => {
    const lists = (id: string) => `rackside collectors lists the outputs that ${id} reads.`;
    expect([
      parse('filesystems', ['what is this\n']),
      parse('zfs', ['what is this\nit is more\n']),
      parse('sensors', ['what is this\n']),
    ]).toEqual([
      { status: 'failed', reason: `df printed no table: what is this; ${lists('filesystems')}`, value: null },
      { status: 'failed', reason: `ZFS: zpool printed no pool: what is this; ${lists('zfs')}`, value: null },
      { status: 'failed', reason: `Nothing is read from "what is this"; ${lists('sensors')}`, value: null },
    ]);
  });

  test('is an absence where it says so itself, as a table or as a complaint, or where it is empty', () => {
    const absent = (reason: string) => ({ status: 'absent', reason, value: null });
    expect([
      parse('raids', ['Personalities : [raid1]\nunused devices: <none>\n']),
      parse('zfs', ['no pools available\n']),
      parse('raids', ['']),
    ]).toEqual([
      absent('RAID: there are no md arrays.'),
      absent('ZFS: there are no pools.'),
      absent('RAID: this kernel has no md.'),
    ]);
  });

  test('of files that look alike is named by its own file, or has to be', () => {
    const line = 'some avg10=1.00 avg60=0.00 avg300=0.00 total=5\n';
    const at = (path?: string) =>
      parseCapture({
        ...{ collector: collector('pressure'), previous: [], elapsedSeconds: 0 },
        captures: [{ ...capture(line), ...(path !== undefined && { path }) }],
      });
    const io = { status: 'ok', value: { cpu: null, memory: null, io: { some: { avg10_percent: 1 } }, irq: null } };
    expect([at('/x/fixtures/proc/pressure/io'), at('host-psi_io.txt')]).toMatchObject([io, io]);
    for (const path of [undefined, '/x/radio.txt']) {
      expect(at(path)).toEqual({
        status: 'failed',
        reason:
          "It could be /proc/pressure/cpu, /proc/pressure/memory, /proc/pressure/io, /proc/pressure/irq: tell which, --record 'cat /proc/pressure/cpu'=FILE.",
        value: null,
      });
    }
  });
});

describe('several captures of one round', () => {
  const of = (id: string, texts: Readonly<Record<string, string>>, previous: Readonly<Record<string, string>> = {}) =>
    parseCapture({
      ...{ collector: collector(id), elapsedSeconds: 2 },
      captures: Object.entries(texts).map(([command, text]) => capture(text, command)),
      previous: Object.entries(previous).map(([command, text]) => capture(text, command)),
    });

  test('may be parts of one command', () => {
    const parts = {
      'ip addr': '2: eth0: <UP> mtu 1500 state UP\n    inet 192.0.2.2/24 scope global eth0',
      'ip route': 'default via 192.0.2.1 dev eth0\n',
      'cat /etc/resolv.conf': 'nameserver 192.0.2.53\n',
    };
    const value = { interfaces: [{ name: 'eth0' }], routes: [{ via: '192.0.2.1' }], dns_servers: ['192.0.2.53'] };
    expect(of('addresses', parts)).toMatchObject({ status: 'ok', value });
    const json = {
      'ip -j -p addr': JSON.stringify([{ ifname: 'eth0', addr_info: [] }], null, 4),
      'ip -j -p route': JSON.stringify([{ dst: 'default', gateway: '192.0.2.1' }], null, 4),
      'cat /etc/resolv.conf': 'nameserver 192.0.2.53\n',
    };
    expect(of('addresses', json)).toMatchObject({ status: 'ok', value });
  });

  test('stand in the order in which the command asks for them', () => {
    const told = {
      'systemctl list-units': 'a.service loaded active running A\n',
      'systemctl is-system-running': 'running\n',
    };
    expect(of('units', told)).toMatchObject({ value: { state: 'running', counts: { total: 1 } } });
  });

  test('may be files of one capture, with headings or with their paths in front', () => {
    const stall = (share: string) => `some avg10=${share} avg60=0.00 avg300=0.00 total=5`;
    const headings = `==> /proc/pressure/cpu <==\n${stall('1.00')}\n\n==> /proc/pressure/io <==\n${stall('2.00')}\n`;
    const paths = `/proc/pressure/cpu:${stall('1.00')}\n/proc/pressure/io:${stall('2.00')}\n`;
    const value = { cpu: { some: { avg10_percent: 1 } }, memory: null, io: { some: { avg10_percent: 2 } }, irq: null };
    expect([parse('pressure', [headings]), of('pressure', { 'grep . /proc/pressure/*': paths })]).toMatchObject([
      { status: 'ok', value },
      { status: 'ok', value },
    ]);
  });

  test('may be files that are read one by one', () => {
    const dmi = (name: string) => `cat /sys/class/dmi/id/${name}`;
    expect(of('system', { [dmi('sys_vendor')]: 'Dell Inc.\n', [dmi('product_name')]: 'R640\n' })).toMatchObject({
      value: { vendor: 'Dell Inc.', product: 'R640' },
    });
    const stat = (pid: number, ticks: number) =>
      `${pid} (a) S 1 1 1 0 -1 0 0 0 0 0 ${ticks} 0 0 0 20 0 1 0 500 0 9 0\n`;
    const status = (uid: number, kB: number) => `Name:\ta\nUid:\t${uid}\t${uid}\t0\t0\nVmRSS:\t  ${kB} kB\n`;
    const io = (bytes: number) => `read_bytes: ${bytes}\nwrite_bytes: 0\ncancelled_write_bytes: 0\n`;
    const round = (ticks: number, bytes: number) => ({
      'cat /proc/7/stat /proc/8/stat': stat(7, 0) + stat(8, ticks),
      'cat /proc/8/io': io(bytes),
    });
    const told = {
      ...round(100, 6000),
      'cat /proc/7/status': status(0, 4),
      'sudo cat /proc/8/status': status(33, 8),
      'cat /proc/8/cgroup': '0::/system.slice/web.service\n',
      'cat /proc/8/cmdline': 'a\0-b\0',
      'getent passwd': 'root:x:0:0::/:/bin/sh\nwww:x:33:33::/:/bin/sh\n',
    };
    const one = { pid: 7, user: 'root', memory_bytes: 4096, command: null, service: null, cpu_percent: 0 };
    const other = { pid: 8, user: 'www', memory_bytes: 8192, command: 'a -b', service: 'web.service', cpu_percent: 50 };
    expect(of('processes', told, round(0, 2000))).toMatchObject({
      value: { list: [one, { ...other, read_bytes_per_second: 2000 }] },
    });
  });
});

describe('a command is found', () => {
  test('or the output is read as what it is; else those that there are are named', () => {
    const parsed = (text: string) =>
      parseCapture({
        ...{ collector: collector('load'), previous: [], elapsedSeconds: 0 },
        captures: [capture(text, 'uname -a')],
      });
    expect(parsed('0.50 0.25 0.10 2/300 4242\n')).toMatchObject({ status: 'ok', value: { one: 0.5 } });
    expect(() => parsed('Linux host 6.1\n')).toThrow(
      new UnknownCommand('load runs no command like "uname -a", but:\n  cat /proc/loadavg'),
    );
  });
});
