import { describe, expect, test } from 'vitest';
import type { SampleData } from '../../../contract/samples.ts';
import { cpu } from './cpu.ts';
import { filesystems } from './filesystems.ts';
import { load } from './load.ts';
import { memory } from './memory.ts';
import { processes } from './processes/processes.ts';
import { record, run } from './round-fixture.ts';

describe('cpu', () => {
  const zero = {
    busy_percent: 0,
    user_percent: 0,
    nice_percent: 0,
    system_percent: 0,
    irq_percent: 0,
    softirq_percent: 0,
    steal_percent: 0,
    iowait_percent: 0,
    idle_percent: 0,
  };
  const first = 'cpu  10 0 10 80 0 0 0 0 5 0\ncpu0 10 0 10 80 0 0 0 0 5 0\n';
  const { state } = run(cpu, { 'cpu.stat': first });

  test('steal and iowait are not busy, and guest is counted once', () => {
    const outcome = run(
      cpu,
      { 'cpu.stat': 'cpu  20 0 20 140 10 0 0 10 9 0\ncpu0 20 0 20 140 10 0 0 10 9 0\n' },
      { previous: state, elapsed: 1 },
    );
    const share = {
      ...zero,
      busy_percent: 20,
      user_percent: 10,
      system_percent: 10,
      steal_percent: 10,
      iowait_percent: 10,
      idle_percent: 60,
    };
    expect(outcome).toMatchObject({ status: 'ok', value: { total: share, cores: [{ id: 0, share }] } });
  });

  test.each([
    ['a first sample', null, first],
    ['a counter that went backwards', state, 'cpu  9 0 10 200 0 0 0 0\ncpu0 9 0 10 200 0 0 0 0\n'],
    ['no time', state, first],
  ])('%s has no share', (_, previous, text) => {
    expect(run(cpu, { 'cpu.stat': text }, { previous, elapsed: 1 })).toMatchObject({
      value: { total: null, cores: [{ id: 0, share: null }] },
    });
  });

  test('a core that appears has none, old kernels have four columns', () => {
    expect(
      run(cpu, { 'cpu.stat': 'cpu  20 0 10 90\ncpu0 20 0 10 90\ncpu1 1 1 1 1\n' }, { previous: state, elapsed: 1 }),
    ).toMatchObject({
      value: {
        cores: [
          { id: 0, share: { ...zero, busy_percent: 50, user_percent: 50, idle_percent: 50 } },
          { id: 1, share: null },
        ],
      },
    });
  });

  test('a core goes and comes back: nothing is told of it until it counted for a round, nor of a sum that leaps', () => {
    // Ticks of two seconds each; idle as kernels before 6.8 tell it: while cpu1 is away, its hours are in the sum again.
    const rounds = [
      'cpu  200 0 0 1000 0 0 0 0\ncpu0 100 0 0 500 0 0 0 0\ncpu1 100 0 0 500 0 0 0 0\n',
      'cpu  400 0 0 1200 0 0 0 0\ncpu0 200 0 0 600 0 0 0 0\ncpu1 200 0 0 600 0 0 0 0\n',
      'cpu  500 0 0 901300 0 0 0 0\ncpu0 300 0 0 700 0 0 0 0\n',
      'cpu  600 0 0 901400 0 0 0 0\ncpu0 400 0 0 800 0 0 0 0\n',
      'cpu  700 0 0 1500 0 0 0 0\ncpu0 500 0 0 900 0 0 0 0\ncpu1 200 0 0 0 0 0 0 0\n',
      'cpu  900 0 0 1700 0 0 0 0\ncpu0 600 0 0 1000 0 0 0 0\ncpu1 300 0 0 100 0 0 0 0\n',
    ];
    let previous: unknown = null;
    const told = rounds.map((text) => {
      const outcome = run(cpu, { 'cpu.stat': text }, { previous, elapsed: 2 });
      previous = outcome.state;
      const { total, cores } = (outcome as { value: NonNullable<SampleData['cpu']> }).value;
      return [total?.busy_percent ?? null, ...cores.map(({ id, share }) => [id, share?.busy_percent ?? null])];
    });
    expect(told).toEqual([
      [null, [0, null], [1, null]],
      [50, [0, 50], [1, 50]],
      [null, [0, 50]],
      [50, [0, 50]],
      [null, [0, 50], [1, null]],
      [50, [0, 50], [1, 50]],
    ]);
  });

  test.each([
    ['absent', {}],
    ['absent', { 'cpu.stat': '' }],
    ['failed', { 'cpu.stat': 'cpu  x\n' }],
    ['failed', { 'cpu.stat': 'cpu  1 2' }],
  ])('%s: %j', (status, texts) => {
    expect(run(cpu, texts).status).toBe(status);
  });
});

describe('memory', () => {
  const text =
    'MemTotal:  1000 kB\nMemFree:   100 kB\nMemAvailable:   600 kB\nBuffers: 10 kB\nCached: 20 kB\nSwapTotal: 50 kB\nSwapFree: 20 kB\nShmem: 5 kB\n';
  const value = {
    total_bytes: 1024000,
    used_bytes: 409600,
    available_bytes: 614400,
    available_estimated: false,
    free_bytes: 102400,
    buffers_bytes: 10240,
    cached_bytes: 20480,
    shared_bytes: 5120,
    swap: { total_bytes: 51200, used_bytes: 30720 },
    arc: null,
    scope: 'host',
  };
  const arc = 'size                            4    3000\nc_min                           4    1000\n';
  test.each([
    ['a host', { 'memory.meminfo': text }, value],
    [
      'a host with ZFS',
      { 'memory.meminfo': text, 'memory.arc': arc },
      { ...value, arc: { size_bytes: 3000, reclaimable_bytes: 2000 } },
    ],
    [
      'a container',
      { 'memory.meminfo': text, 'memory.arc': arc, 'memory.scope': 'lxcfs /proc/meminfo fuse.lxcfs rw 0 0\n' },
      { ...value, scope: 'container' },
    ],
    ['no swap', { 'memory.meminfo': text.replace('SwapTotal: 50', 'SwapTotal: 0') }, { ...value, swap: null }],
    [
      'an old kernel',
      { 'memory.meminfo': text.replace(/MemAvailable.*\n/, '') },
      { ...value, available_estimated: true, available_bytes: 128000, used_bytes: 896000 },
    ],
    [
      'more available than there is',
      { 'memory.meminfo': text.replace('  600', ' 6000') },
      { ...value, available_bytes: 1024000, used_bytes: 0 },
    ],
  ])('of %s', (_, texts, expected) => {
    expect(run(memory, texts)).toEqual({ status: 'ok', value: expected, state: { scope: expected.scope } });
  });
  test.each([
    ['absent', {}],
    ['failed', { 'memory.meminfo': 'MemTotal: 1' }],
    ['failed', { 'memory.meminfo': 'Mem:  1 2 3\n' }],
    ['failed', { 'memory.meminfo': record(text.slice(0, text.indexOf('600')), { truncated: true }) }],
    ['failed', { 'memory.meminfo': record(text.replace(/MemAvailable.*\n/, ''), { truncated: true }) }],
    ['failed', { 'memory.meminfo': text.replace('600', '6\ufffd00') }],
    ['failed', { 'memory.meminfo': text.replace(/MemAvailable.*\n/, '').replace('5 kB', '\ufffd5 kB') }],
    ['failed', { 'memory.meminfo': text.replace(/MemAvailable.*\nBuffers.*\n/, '') }],
  ])('%s: %j', (status, texts) => {
    expect(run(memory, texts).status).toBe(status);
  });
});

describe('load', () => {
  test.each([
    [
      '0.25 1.50 2.00 3/421 9999\n',
      { status: 'ok', value: { one: 0.25, five: 1.5, fifteen: 2, running: 3, tasks: 421 } },
    ],
    ['', { status: 'absent', reason: '/proc/loadavg is not there, or not for this user.' }],
    ['0.25 1.50', { status: 'failed', reason: '/proc/loadavg does not look like one: 0.25 1.50' }],
  ])('%j', (text, expected) => {
    expect(run(load, { 'load.loadavg': text })).toEqual(expected);
  });
});

describe('filesystems', () => {
  const header = 'Filesystem     1024-blocks     Used Available Capacity Mounted on\n';
  const row = (device: string, mount: string) => `${device}  100 40 40 50% ${mount}\n`;
  const list = (text: string, mounts = '') => {
    const outcome = run(filesystems, { 'filesystems.df': text, 'filesystems.mounts': mounts });
    return outcome.status === 'ok' ? (outcome.value as { list: { mount: string }[] }).list : outcome;
  };
  test('each device once, without what lives in memory and images', () => {
    const text =
      header +
      row('udev', '/dev') +
      row('/dev/sda1', '/mnt/bind') +
      row('/dev/sda1', '/') +
      row('tmpfs', '/run') +
      row('/dev/loop3', '/snap/core/1') +
      row('pool/data', '/a b') +
      row('overlay', '/var/lib/x') +
      row('/dev/sr0', '/cd');
    const mounts = '/dev/sda1 / ext4 rw 0 0\npool/data /a\\040b zfs rw 0 0\n/dev/sr0 /cd iso9660 ro 0 0\n';
    const unknown = { inodes: null, inodes_used: null, inodes_used_percent: null };
    const one = { size_bytes: 102400, used_bytes: 40960, available_bytes: 40960, used_percent: 50, ...unknown };
    expect(list(text, mounts)).toEqual([
      { device: '/dev/sda1', mount: '/', type: 'ext4', ...one },
      { device: 'pool/data', mount: '/a b', type: 'zfs', ...one },
    ]);
  });
  test('an overlay is shown where the root is all there is', () => {
    expect(list(header + row('overlay', '/') + row('tmpfs', '/dev'))).toMatchObject([
      { mount: '/', device: 'overlay' },
    ]);
  });
  test.each([
    ['absent', []],
    ['failed', [record('')]],
    ['failed', [record('df: not found')]],
    ['failed', [record(header, { timedOut: true, exit: null })]],
    ['failed', [record('', { error: 'An earlier run of it has not ended.', exit: null })]],
  ])('%s', (status, records) => {
    expect(run(filesystems, { 'filesystems.df': records }).status).toBe(status);
  });
});

describe('processes', () => {
  const line = (pid: number, name: string, ticks: number, start: number, rss = 10) =>
    `${pid} (${name}) S 1 1 1 0 -1 0 0 0 0 0 ${ticks} 0 0 0 20 0 3 0 ${start} 1000 ${rss} 0 0\n`;
  const texts = {
    'processes.ticks': '100\n',
    'processes.cpus': '0-3\n',
    'processes.count': '57\n',
    'processes.stat': line(7, 'a) S (b\nc', 100, 50) + line(8, 'kthreadd', 0, 2, 0),
    'processes.status':
      '/proc/7/status:Uid:\t0\t1000\t0\t0\n/proc/7/status:VmRSS:\t      40 kB\n/proc/8/status:Uid:\t0\t9\t0\t0\n',
    'processes.users': 'me:x:1000:1000:Me:/home/me:/bin/sh\n',
    'processes.cmdline': [
      record('sh\0-c\0x y\0', { command: 'head -c 4096 /proc/7/cmdline' }),
      record('', { command: 'head -c 4096 /proc/8/cmdline' }),
    ],
  };
  const seven = {
    pid: 7,
    start_ticks: 50,
    started_seconds: 0.5,
    parent_pid: 1,
    name: 'a) S (b\nc',
    command: 'sh -c x y',
    user: 'me',
    state: 'S',
    cpu_percent: null,
    cpu_host_percent: null,
    memory_bytes: 40960,
    threads: 3,
    nice: 0,
    read_bytes_per_second: null,
    write_bytes_per_second: null,
    cancelled_write_bytes_per_second: null,
    service: null,
    container: null,
  };
  const eight = {
    ...seven,
    pid: 8,
    start_ticks: 2,
    started_seconds: 0.02,
    name: 'kthreadd',
    command: null,
    user: '9',
    memory_bytes: 0,
  };
  const first = run(processes, texts);
  const listOf = (outcome: unknown) => (outcome as { value: { list: Record<string, unknown>[] } }).value.list;
  const group = (pid: number, name: string) => `/proc/${pid}/cgroup:0::/system.slice/${name}.service\n`;

  test('a first round has no shares', () => {
    expect(first).toMatchObject({ status: 'ok', value: { count: 57, window_seconds: null, list: [seven, eight] } });
  });

  test('a command line of a process that is not in the list is not even read', () => {
    const unread = { ...record('', { command: 'head -c 4096 /proc/6/cmdline' }) };
    Object.defineProperty(unread, 'stdout', {
      get: () => {
        throw new Error('It was read.');
      },
    });
    const given = { ...texts, 'processes.cmdline': [unread, ...texts['processes.cmdline']] };
    expect(run(processes, given)).toEqual(first);
  });

  test('shares come from the round before, from the kept line, or from zero; a pid used again is another process', () => {
    const outcome = run(
      processes,
      {
        'processes.cpus': '0-3\n',
        'processes.stat':
          line(7, 'a', 300, 50) +
          line(9, 'old', 150, 60) +
          line(10, 'new', 50, 9900) +
          line(8, 'again', 20, 9950) +
          line(11, 'unseen', 500, 70),
        'processes.earlier': `98.00 1.00\n${line(9, 'old', 50, 60)}`,
      },
      { previous: first.state, elapsed: 2, uptime: 100 },
    );
    expect(listOf(outcome).map((one) => [one.pid, one.cpu_percent, one.cpu_host_percent, one.command])).toEqual([
      [7, 100, 25, 'sh -c x y'],
      [9, 50, 12.5, null],
      [10, 25, 6.25, null],
      [8, 10, 2.5, null],
      [11, null, null, null],
    ]);
  });

  test('in a container whose uptime is its own, a process that comes into the list has not done all at once', () => {
    // Starts are counted from the boot of the host, which is days before that of the container.
    const outcome = run(
      processes,
      { 'processes.cpus': '0-3\n', 'processes.stat': line(7, 'a', 300, 50_000_000) + line(9, 'b', 90_000, 50_000_000) },
      { previous: first.state, elapsed: 60, uptime: 3600 },
    );
    const { list } = (outcome as { value: NonNullable<SampleData['processes']> }).value;
    expect(list.map((one) => [one.pid, one.cpu_percent, one.read_bytes_per_second])).toEqual([
      [7, null, null],
      [9, null, null],
    ]);
  });

  test('one that began while the round went on is known', () => {
    const outcome = run(
      processes,
      { 'processes.cpus': '0-3\n', 'processes.stat': line(12, 'new', 50, 10_100) },
      { previous: first.state, elapsed: 2, uptime: 100, roundSeconds: 1.2 },
    );
    expect(outcome).toMatchObject({ value: { list: [{ pid: 12, cpu_percent: 25 }] } });
  });

  test.each([
    ['80.00 1.00\n', 5],
    ['', null],
  ])(
    'a kept line is of the time that is told with it, which is not the round before where that was lost: %j',
    (time, percent) => {
      const rounds = { previous: first.state, elapsed: 60, uptime: 100 };
      const now = { 'processes.stat': line(7, 'a', 100, 50) + line(9, 'old', 150, 60) };
      const outcome = run(processes, { ...now, 'processes.earlier': `${time}${line(9, 'old', 50, 60)}` }, rounds);
      expect(listOf(outcome).map((one) => one.cpu_percent)).toEqual([0, percent]);
    },
  );

  test('disk rates come from the round before, from what was kept, with its own time, or from zero', () => {
    const io = (pid: number, read: number, write: number, cancelled = 0) =>
      `/proc/${pid}/io:read_bytes: ${read}\n/proc/${pid}/io:write_bytes: ${write}\n${
        cancelled === 0 ? '' : `/proc/${pid}/io:cancelled_write_bytes: ${cancelled}\n`
      }`;
    const reaped = (text: string) => text.replace('-1 0 0 0', '-1 0 0 9');
    const before = run(processes, { ...texts, 'processes.io': io(7, 100, 200), 'processes.cgroup': group(7, 'a') });
    const outcome = run(
      processes,
      {
        'processes.stat':
          line(7, 'a', 300, 50) +
          line(9, 'kept', 150, 60) +
          line(10, 'rested', 150, 60) +
          line(11, 'new', 50, 9900) +
          line(12, 'refused', 50, 9900) +
          line(13, 'first seen', 50, 70) +
          reaped(line(14, 'waited', 50, 9900)) +
          line(15, 'shrunk', 150, 60),
        'processes.earlier': `98.00 1.00\n${[9, 10, 15].map((pid) => line(pid, 'x', 50, 60)).join('')}`,
        'processes.io': `${io(7, 300, 600, 40)}${io(9, 50, 9)}${io(10, 80, 0)}${io(11, 0, 64)}${io(13, 5, 5)}${io(14, 7, 7)}${io(15, 1, 9)}`,
        'processes.io.earlier': [
          record(`98.01 1.00\n${io(9, 10, 9)}${io(15, 2, 1)}`),
          record(`60.00 1.00\n${io(10, 0, 0)}`),
        ],
        'processes.cgroup': group(9, 'b'),
      },
      { previous: before.state, elapsed: 2, uptime: 100 },
    );
    expect(
      listOf(outcome).map((one) => [
        one.pid,
        one.read_bytes_per_second,
        one.write_bytes_per_second,
        one.cancelled_write_bytes_per_second,
        one.service,
      ]),
    ).toEqual([
      [7, 100, 200, 20, 'a.service'],
      [9, 20, 0, 0, 'b.service'],
      [10, 2, 0, 0, null],
      [11, 0, 32, 0, null],
      [12, null, null, null, null],
      [13, null, null, null, null],
      [14, null, null, null, null],
      [15, null, 4, 0, null],
    ]);
  });

  test.each([{}, { 'processes.stat': '' }, { 'processes.stat': '7 (cut' }, { 'processes.stat': 'x\n'.repeat(1000) }])(
    'nothing readable is absent',
    (given) => {
      expect(run(processes, given).status).toBe('absent');
    },
  );
});
