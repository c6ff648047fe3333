import { expect, test } from 'vitest';
import type { Kind } from '../../contract/samples.ts';
import type { Collector } from './collector.ts';
import { collectors } from './collectors/index.ts';
import { createPipeline } from './pipeline.ts';
import type { CommandRecord } from './record.ts';
import { beginLine, endLine } from './round-lines.ts';

const boot = '3a45c086-a70e-4e2c-9235-1a300e888bd2';
const otherBoot = '4b45c086-a70e-4e2c-9235-1a300e888bd2';

function record(command: string, text: string, endedAt = 0): CommandRecord {
  const stdout = new TextEncoder().encode(text);
  const exit = text === '' ? 1 : 0;
  return {
    command,
    endedAt,
    exit,
    error: null,
    durationMs: 0,
    stdout,
    stderr: new Uint8Array(),
    truncated: false,
    timedOut: false,
  };
}

function round(kind: Kind, at: number, uptime: string, ...inside: [string, string][]): CommandRecord[] {
  return [
    record(beginLine(kind), `${uptime} 1.00\n${boot}\n`, at),
    ...inside.map(([line, text]) => record(line, text, at + 1)),
    record(endLine(kind), `${uptime} 1.00\n`, at + 2),
  ];
}

const stat = "grep -E '^cpu' /proc/stat";
const fast = (at: number, uptime: string, busy: number): CommandRecord[] =>
  round(
    'fast',
    at,
    uptime,
    [stat, `cpu  ${busy} 0 0 ${100 - busy} 0 0 0 0 0 0\n`],
    ['cat /proc/loadavg', '0.10 0.20 0.30 1/100 42\n'],
  );

const cpuOnly = collectors.filter((collector) => collector.id === 'cpu' || collector.id === 'load');

test('a round becomes one sample, and the same records the same samples', () => {
  const records = [...fast(0, '100.00', 10), ...fast(2000, '102.00', 60)];
  const run = () => {
    const pipeline = createPipeline(cpuOnly);
    return records.flatMap((one) => pipeline.push(one));
  };
  const samples = run();
  expect(run()).toEqual(samples);
  expect(JSON.parse(JSON.stringify(samples))).toEqual(samples);
  expect(samples.map(({ collected_at, data }) => [collected_at, data.clock, data.load, data.cpu?.total])).toEqual([
    [
      '1970-01-01T00:00:00.000Z',
      { boot_id: boot, uptime_seconds: 100 },
      { one: 0.1, five: 0.2, fifteen: 0.3, running: 1, tasks: 100 },
      null,
    ],
    [
      '1970-01-01T00:00:02.000Z',
      { boot_id: boot, uptime_seconds: 102 },
      { one: 0.1, five: 0.2, fifteen: 0.3, running: 1, tasks: 100 },
      null,
    ],
  ]);
});

test('what a collector kept is gone after a reboot and when uptime goes back', () => {
  const cpu = (at: number, uptime: string, busy: number, id = boot): CommandRecord[] => [
    record(beginLine('fast'), `${uptime} 1.00\n${id}\n`, at),
    record(stat, `cpu  ${busy} 0 0 1000 0 0 0 0\n`),
    record(endLine('fast'), ''),
  ];
  const pipeline = createPipeline(cpuOnly);
  const totals = [
    ...cpu(0, '100.00', 10),
    ...cpu(1, '102.00', 60),
    ...cpu(2, '3.00', 70),
    ...cpu(3, '200.00', 80, otherBoot),
    ...cpu(4, '202.00', 90, otherBoot),
  ].flatMap((one) => pipeline.push(one).map((sample) => sample.data.cpu?.total?.busy_percent ?? null));
  expect(totals).toEqual([null, 100, null, null, 100]);
});

test('rounds of two kinds interleave, an unfinished one is dropped, strangers are passed over', () => {
  const pipeline = createPipeline(
    collectors.filter(({ id }) => ['cpu', 'memory', 'load', 'processes', 'filesystems'].includes(id)),
  );
  const [begin, ...rest] = fast(5, '100.00', 10);
  const medium = round('medium', 9, '101.00', [
    'df -P -k -l 2>/dev/null || df -P -k',
    'Filesystem 1024-blocks Used Available Capacity Mounted on\n',
  ]);
  const records = [
    ...fast(1, '99.00', 5).slice(0, 2),
    begin as CommandRecord,
    ...medium.slice(0, 2),
    record('zpool list -j', '{}'),
    ...rest,
    ...medium.slice(2),
    record(endLine('slow'), ''),
  ];
  expect(
    records
      .flatMap((one) => pipeline.push(one))
      .map(({ kind, collected_at, data }) => [kind, collected_at, Object.keys(data)]),
  ).toEqual([
    ['fast', '1970-01-01T00:00:00.005Z', ['clock', 'cpu', 'memory', 'load', 'processes', 'problems']],
    ['medium', '1970-01-01T00:00:00.009Z', ['clock', 'filesystems', 'problems']],
  ]);
});

test.each([
  [
    'throws',
    () => {
      throw new Error('It fell.');
    },
    'It fell.',
  ],
  ['is not a number', () => ({ status: 'ok', value: { one: Number.NaN } }), 'The reading.one is not a number.'],
])('a parse that %s fails alone', (_, parse, reason) => {
  const broken = { ...(collectors.find((one) => one.id === 'load') as Collector), parse } as unknown as Collector;
  const pipeline = createPipeline([...cpuOnly.filter((one) => one.id === 'cpu'), broken]);
  const [sample] = fast(0, '1.00', 1).flatMap((one) => pipeline.push(one));
  expect(sample?.data.load).toBeNull();
  expect(sample?.data.cpu).toEqual({ total: null, cores: [] });
  expect(sample?.data.problems).toEqual({ load: { status: 'failed', reason } });
});
