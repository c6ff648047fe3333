import { expect, test } from 'vitest';
import { collectors } from './collectors/index.ts';
import { findCommand } from './find-command.ts';

test.each<[collector: string, lines: readonly string[], command: string | null]>([
  ['cpu', ["grep -E '^cpu' /proc/stat", 'cat /proc/stat', '/proc/stat', 'head -1 /proc/stat'], 'cpu.stat'],
  ['memory', ['cat /proc/spl/kstat/zfs/arcstats'], 'memory.arc'],
  ['memory', ['free -m', 'cat /proc/vmstat'], null],
  [
    'filesystems',
    ['df', 'df -P', 'sudo  df -P -k', 'LC_ALL=C /bin/df -PkT', 'timeout 10 df -h', 'df -hT'],
    'filesystems.df',
  ],
  ['filesystems', ['df -i', 'df -Pi', 'df -hi', 'LANG=C df -liP'], 'filesystems.inodes'],
  ['filesystems', ['cat /proc/self/mounts', 'cat /proc/mounts', 'cat /etc/mtab', 'mount'], 'filesystems.mounts'],
  ['system', ['cat /etc/os-release', 'cat /usr/lib/os-release'], 'system.os'],
  ['system', ['grep . /sys/class/dmi/id/*', 'cat /sys/class/dmi/id/board_name'], 'system.dmi'],
  ['system', ['uname -a', 'systemd-detect-virt', 'cat /etc/redhat-release'], 'system.facts'],
  ['sensors', ["grep '' /sys/class/hwmon/hwmon*/temp*_input", 'grep -r . /sys/class/hwmon'], 'sensors.values'],
  ['sensors', ['ls -l /sys/class/hwmon'], 'sensors.facts'],
  ['sensors', ['sensors'], null],
  ['network', ['grep . /sys/class/net/*/speed', 'cat /sys/class/net/eth0/flags'], 'network.facts'],
  ['processes', ['cat /proc/1/stat', 'cat /proc/[0-9]*/stat', 'cat /proc/self/stat'], 'processes.stat'],
  ['processes', ['cat /etc/passwd', 'getent passwd'], 'processes.users'],
  ['accounts', ['getent group', 'cat /etc/group'], 'accounts.group'],
  ['memory_modules', ['/usr/sbin/dmidecode -t17', 'sudo -n dmidecode --type memory'], 'memorymodules.dmidecode'],
])('of %s: %j', (id, lines, command) => {
  const collector = collectors.find((one) => one.id === id) as (typeof collectors)[number];
  expect(lines.map((line) => findCommand(collector, line)?.command.id ?? null)).toEqual(lines.map(() => command));
});

test('of a process, with its number', () => {
  const processes = collectors.find(({ id }) => id === 'processes') as (typeof collectors)[number];
  expect(findCommand(processes, 'sudo cat /proc/4321/io')).toMatchObject({
    ...{ command: { id: 'processes.io' }, argument: '4321' },
  });
});
