import { describe, expect, test } from 'vitest';
import type { Collector } from '../collect/collector.ts';
import { collectors } from '../collect/collectors/index.ts';
import { record } from '../collect/collectors/round-fixture.ts';
import { commandLine } from '../collect/command-line.ts';
import type { CommandRecord } from '../collect/record.ts';
import { beginLine, endLine } from '../collect/round-lines.ts';
import type { ReadingPath } from './reading-path.ts';
import { traceReading } from './trace-reading.ts';

const boot = '5f0b3f9e-7a5c-4c9e-9a56-0d7c1a2b3c4d';

function round(collector: Collector, uptime: string, outputs: Record<string, string>): CommandRecord[] {
  const told = collector.commands.flatMap((command) => {
    const output = outputs[command.id];
    return output === undefined ? [] : [record(output, { command: commandLine(command, '') })];
  });
  const clock = `${uptime} 9.99\n${boot}\n`;
  const { kind } = collector;
  return [record(clock, { command: beginLine(kind) }), ...told, record(`${uptime} 9.99\n`, { command: endLine(kind) })];
}

/** What is marked, as text, with the value. */
function trace(
  id: string,
  rounds: readonly (readonly [string, Record<string, string>])[],
  path: ReadingPath,
  plus: readonly ReadingPath[] = [],
) {
  const collector = collectors.find((one) => one.id === id) as Collector;
  const records = rounds.flatMap(([uptime, outputs]) => round(collector, uptime, outputs));
  const steps = traceReading([collector], records, path, plus);
  let step = steps.next();
  while (!step.done) step = steps.next();
  const { value, marks, complete, used } = step.value;
  const text = marks.map(({ record: index, start, end }) =>
    new TextDecoder().decode(records[index]?.stdout.subarray(start, end)),
  );
  return { value, text, complete, used: used.map((index) => records[index]?.command.slice(0, 20)) };
}

const meminfo =
  'MemTotal:  8000000 kB\nMemFree:   1000000 kB\nMemAvailable:  3000000 kB\nBuffers: 10 kB\nCached: 20 kB\nSwapTotal: 0 kB\n';
const df = `Filesystem     1024-blocks     Used Available Capacity Mounted on
/dev/sda1         41152736 11111111  27924688      29% /
/dev/sdb1          1000000   400000    600000      40% /srv/data1
`;
const status = `  pool: tank
 state: DEGRADED
config:

\tNAME    STATE     READ WRITE CKSUM
\ttank    DEGRADED     0     0     0
\t  sda   ONLINE       0     0     0
\t  sdb   FAULTED      3     0     0

errors: No known data errors
`;
const osRelease = 'PRETTY_NAME="Debian GNU/Linux 12"\nNAME="Debian GNU/Linux"\nVERSION="12"\nID=debian\n';
const passwd = 'root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534::/:/usr/sbin/nologin\n';
const group = 'root:x:0:\nadm:x:4:nobody\nnogroup:x:65534:\n';
const accounts = { 'accounts.passwd': passwd, 'accounts.group': group };
const stat = (user: number, idle: number) =>
  `cpu  ${user} 0 5 ${idle} 0 0 0 0 0 0\ncpu0 ${user} 0 5 ${idle} 0 0 0 0 0 0\n`;
const disk = (sectors: number) => `   8  0 sda 100 0 ${sectors} 50 200 0 4000 80 0 90 130\n`;

describe('what a reading depends on', () => {
  test.each<[string, ReturnType<typeof trace>, string[]]>([
    [
      'printed as it is',
      trace('memory', [['10.5', { 'memory.meminfo': meminfo }]], ['memory', 'total_bytes']),
      ['8000000'],
    ],
    [
      'a difference of two lines',
      trace('memory', [['10.5', { 'memory.meminfo': meminfo }]], ['memory', 'used_bytes']),
      ['8000000', '3000000'],
    ],
    [
      'a share within a row, whatever stands in the others',
      trace('filesystems', [['10.5', { 'filesystems.df': df }]], ['filesystems', 'list', 1, 'used_percent']),
      ['400000', '600000'],
    ],
    [
      'a word',
      trace('filesystems', [['10.5', { 'filesystems.df': df }]], ['filesystems', 'list', 0, 'device']),
      ['dev/sda1'],
    ],
    [
      'a rate: two counters and the seconds of the host in between',
      trace(
        'disks',
        [
          ['100.00', { 'disks.stat': disk(1000), 'disks.diskstats': disk(1000) }],
          ['102.00', { 'disks.stat': disk(5000), 'disks.diskstats': disk(5000) }],
        ],
        ['disks', 'list', 0, 'read_bytes_per_second'],
      ),
      ['100.00', '1000', '102.00', '5000'],
    ],
    [
      'a share of time: every column of both rounds',
      trace(
        'cpu',
        [
          ['100.00', { 'cpu.stat': stat(100, 900) }],
          ['101.00', { 'cpu.stat': stat(150, 950) }],
        ],
        ['cpu', 'cores', 0, 'share', 'busy_percent'],
      ),
      // A nought of before cannot be less, and more would be a counter that went backwards.
      ['100', '5', '900', '150', '0', '5', '950', '0', '0', '0', '0'],
    ],
    [
      'a word that stands for itself, where the parser knows no other',
      trace('zfs', [['10.5', { 'zfs.status': status }]], ['zfs', 'pools', 0, 'vdevs', 1, 'state']),
      ['FAULTED'],
    ],
    [
      'a sum: every reading that is added',
      trace(
        'filesystems',
        [['10.5', { 'filesystems.df': df }]],
        ['filesystems', 'list', 0, 'used_percent'],
        [['filesystems', 'list', 1, 'used_percent']],
      ),
      ['11111111', '27924688', '400000', '600000'],
    ],
    [
      'what is counted: the lines without which there were fewer',
      trace('filesystems', [['10.5', { 'filesystems.df': df }]], ['filesystems', 'list', 'length']),
      df.trimEnd().split('\n').slice(1),
    ],
    [
      'a text that another line would give as well, were this one not there',
      trace('system', [['10.5', { 'system.os': osRelease }]], ['system', 'os']),
      ['Debian GNU/Linux 12'],
    ],
    [
      'a list of words, put together out of two files',
      trace('accounts', [['10.5', accounts]], ['accounts', 'list', 1, 'groups']),
      ['65534', 'adm', 'nobody', 'nogroup', '65534'],
    ],
    [
      'no word of what any other shell allows as well: its line',
      trace('accounts', [['10.5', accounts]], ['accounts', 'list', 0, 'can_sign_in']),
      ['root:x:0:0:root:/root:/bin/bash'],
    ],
    ['what is unknown has none', trace('cpu', [['100.00', { 'cpu.stat': stat(100, 900) }]], ['cpu', 'total']), []],
  ])('%s', (_, { text, complete }, wanted) => {
    expect({ text, complete }).toEqual({ text: wanted, complete: true });
  });

  test('where nothing can be marked, the outputs are told without which it would be another', () => {
    const outputs = { 'filesystems.df': 'df: no file systems processed\n', 'filesystems.mounts': '' };
    expect(trace('filesystems', [['10.5', outputs]], ['filesystems', 'list', 0, 'used_bytes'])).toEqual({
      ...{ value: null, text: [], complete: true },
      used: [expect.stringMatching(/^df /)],
    });
  });
});
