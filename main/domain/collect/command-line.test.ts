import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { collectors } from './collectors/index.ts';
import { commandIndexOf, commandLine, createCommandIndex, shellQuote } from './command-line.ts';

const argumentsFor: Record<string, string> = {
  'processes.status': '1 22 333',
  'processes.io': '1 22',
  'processes.cgroup': '1 22',
  'processes.users': '0 1000',
  'processes.cmdline': '42',
  'cost.self': '10 11',
};

test.each(['plain', '', "it's", '^(a|b):', '$HOME `x`', 'new\nline', '\\'])(
  'quotes %j so that a shell reads it back',
  (word) => {
    expect(execFileSync('sh', ['-c', `printf %s ${shellQuote(word)}`]).toString()).toBe(word);
  },
);

test('hosts that are asked the same share one index', () => {
  const others = [...collectors];
  expect(
    [commandIndexOf(collectors), commandIndexOf(others)].map((index) => index === commandIndexOf(collectors)),
  ).toEqual([true, false]);
});

test('every command has its own id and line, and is found again by both', () => {
  const index = createCommandIndex(collectors);
  const lines = collectors.flatMap((collector) =>
    collector.commands.map((command) => {
      const argument = argumentsFor[command.id] ?? '';
      const line = commandLine(command, argument);
      expect(index.byLine(line)).toEqual({ collector, command, argument });
      expect(index.byId(command.id)).toEqual({ collector, command });
      return line;
    }),
  );
  expect(new Set(lines).size).toBe(lines.length);
  expect(index.byLine('cat /etc/shadow')).toBeNull();
});

test('a line that was just put together is what it would be to somebody who only reads it', () => {
  const [made, read] = [createCommandIndex(collectors), createCommandIndex(collectors)];
  // No host has a reason to say something beside a command that takes nothing.
  for (const more of ['', '7', '1 22']) {
    for (const { id, line } of collectors.flatMap(({ commands }) =>
      commands.map((command) => ({ id: command.id, line: made.lineOf(command, argumentsFor[command.id] ?? more) })),
    )) {
      expect({ id, found: made.byLine(line) }).toEqual({ id, found: read.byLine(line) });
    }
  }
});

test('dumps of earlier versions are read on', () => {
  const found = createCommandIndex(collectors).byLine('cat /proc/[0-9]*/stat  # the top 10 by CPU and by memory');
  expect(found?.command.id).toBe('processes.stat');
});

test('lines can be pasted', () => {
  // A program that is run is given the line that its collector says.
  const fast = collectors.filter(({ kind }) => kind === 'fast');
  expect(
    fast.flatMap((c) => c.commands.map((command) => commandLine(command, argumentsFor[command.id] ?? ''))),
  ).toEqual([
    "grep -E '^cpu' /proc/stat",
    "grep -E '^(MemTotal|MemFree|MemAvailable|Buffers|Cached|SReclaimable|Shmem|SwapTotal|SwapFree):' /proc/meminfo",
    "grep -E '^(size|c_min) ' /proc/spl/kstat/zfs/arcstats",
    "grep -E ' /proc/meminfo ' /proc/self/mounts",
    'cat /proc/loadavg',
    'cat /proc/pressure/cpu',
    'cat /proc/pressure/memory',
    'cat /proc/pressure/io',
    'cat /proc/pressure/irq',
    'cat /proc/net/dev  # 64 interfaces at most, physical ones and bonds first',
    "cd /sys/class/net && grep -sE '^(DRIVER=.*|[0-9a-z-]+)$' */flags */operstate */speed */device/uevent",
    "grep -E ' ((sd|hd|vd|dasd|rssd|ubd|fio)[a-z]+|xvd[a-z]+[0-9]*|(nvme[0-9]+n|mmcblk|nbd|rbd|pmem|sata|sas|usb)[0-9]+|cciss/c[0-9]+d[0-9]+) ' /proc/diskstats",
    "ls -l /sys/class/hwmon /sys/class/thermal; cd /sys/class && grep -s '' hwmon/hwmon*/name hwmon/hwmon*/temp*_label hwmon/hwmon*/temp*_max hwmon/hwmon*/temp*_crit hwmon/hwmon*/fan*_label hwmon/hwmon*/device/name hwmon/hwmon*/device/temp*_label hwmon/hwmon*/device/temp*_max hwmon/hwmon*/device/temp*_crit hwmon/hwmon*/device/fan*_label thermal/thermal_zone*/type",
    "cd /sys/class && grep -s '' hwmon/hwmon*/temp*_input hwmon/hwmon*/temp*_fault hwmon/hwmon*/fan*_input hwmon/hwmon*/device/temp*_input hwmon/hwmon*/device/temp*_fault hwmon/hwmon*/device/fan*_input thermal/thermal_zone*/temp",
    'getconf CLK_TCK',
    'cat /sys/devices/system/cpu/online',
    'ls -d /proc/[0-9]* | wc -l',
    'cat /proc/[0-9]*/stat  # the top 10 by CPU, by memory and by disk',
    'cat /proc/uptime /proc/[0-9]*/stat  # one round earlier, of those that are new in the list',
    "grep -E '^((read|write)_bytes:|cancelled_write_bytes: [1-9])' /proc/1/io /proc/22/io /dev/null",
    "cat /proc/uptime; grep -E '^((read|write)_bytes:|cancelled_write_bytes: [1-9])' /proc/[0-9]*/io  # when last read, of those that are new in the list",
    "grep -E '^(Uid|VmRSS):' /proc/1/status /proc/22/status /proc/333/status /dev/null",
    "grep -E '^[^:]*:[x*!]*:(0|1000):' /etc/passwd",
    "grep -E '^[0-9]+:(name=[a-z]+)?:' /proc/1/cgroup /proc/22/cgroup /dev/null",
    'head -c 4096 /proc/42/cmdline',
    'cat /proc/10/stat /proc/10/schedstat /proc/11/stat /proc/11/schedstat',
  ]);
});

test('two commands of one id or one line are a bug', () => {
  const [cpu] = collectors;
  if (cpu === undefined) throw new Error('There are no collectors.');
  expect(() => createCommandIndex([cpu, cpu])).toThrow('Two commands are called cpu.stat.');
});

test('a file of which an earlier version kept other lines is found by its path, where one command reads it', () => {
  const { byLine } = createCommandIndex(collectors);
  expect(byLine("grep -E ' (sd|vd)[a-z]+ ' /proc/diskstats")?.command.id).toBe('disks.diskstats');
  expect(byLine("grep -E '^processes' /proc/stat")).toBeNull();
});
