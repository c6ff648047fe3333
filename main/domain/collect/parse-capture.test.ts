import { describe, expect, test } from 'vitest';
import { collectors } from './collectors/index.ts';
import { findCommand, parseCapture, UnknownCommand } from './parse-capture.ts';

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

describe('a command is found', () => {
  test.each([
    ['cpu', "grep -E '^cpu' /proc/stat", 'cpu'],
    ['cpu', 'cat /proc/stat', 'cpu'],
    ['cpu', '/proc/stat', 'cpu'],
    ['filesystems', 'df -P', 'filesystems.df'],
    ['filesystems', 'sudo  df -P -k', 'filesystems.df'],
    ['filesystems', 'cat /proc/self/mounts', 'filesystems.mounts'],
  ])('%s: %s', (id, line, command) => {
    expect(findCommand(collector(id), line)?.command.id).toMatch(command);
  });

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
