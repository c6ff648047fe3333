import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { formatEntry } from '../../../../domain/dump/format-entry.ts';
import { tar } from '../../../../services/dumps/unpack/archive-fixture.ts';
import { runCli } from '../../run-cli.ts';

let folder = '';
let path = '';
/** The same entries in parts: in one directory, in two that lie beside one another, and those in an archive. */
let rotated: string[] = [];
const out: Uint8Array[] = [];
const told: string[] = [];
const binary = Buffer.from([0x00, 0xff, 0x1b, 0x5b, 0x33, 0x31, 0x6d, 0x0a]);

/** Five runs: two of a pool's state that differ, one that failed, one that never ran, one of bytes. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rackside-cli-dump-'));
  path = join(folder, 'dump');
  const run = (seconds: number, command: string, stdout: string | Buffer, over = {}) =>
    formatEntry({
      ...{ command, endedAt: Date.UTC(2026, 3, 22, 20, 0, seconds), exit: 0, error: null, durationMs: seconds },
      ...{ stdout: Buffer.from(stdout), stderr: new Uint8Array(), truncated: false, timedOut: false },
      ...over,
    });
  const entries = [
    run(1, 'zpool status', 'tank ONLINE\nno errors\n'),
    run(2, 'zpool status', 'tank DEGRADED\nno errors\n'),
    run(3, 'smartctl -a /dev/sda', 'cannot open\n', { exit: 2 }),
    run(4, 'pvesh get /nodes', '', { exit: null, error: '{:enoent, "pvesh"}', durationMs: 0 }),
    run(5, 'cat /dev/odd', binary),
  ];
  writeFileSync(`${path}.rackside-dump`, Buffer.concat(entries.flat()));
  path = `${path}.rackside-dump`;
  const parts = (from: number, to: number) => Buffer.concat(entries.slice(from, to).flat());
  const files = {
    ...{ 'own/commands.log.2': parts(0, 1), 'own/commands.log.1': parts(1, 3), 'own/commands.log': parts(3, 5) },
    ...{ 'beside/commands.log': parts(0, 1), 'beside-part-2/commands.log': parts(1, 5) },
  };
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  const mailed = Object.entries(files).filter(([name]) => name.startsWith('beside'));
  writeFileSync(join(folder, 'mailed.tar.gz'), gzipSync(tar(...mailed.map(([name, body]) => ({ name, body })))));
  rotated = ['own', 'beside', 'beside-part-2', 'mailed.tar.gz'].map((name) => join(folder, name));
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(Buffer.from(text)) > 0);
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => told.push(String(text)) > 0);
});
afterAll(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  out.length = 0;
  told.length = 0;
});

async function dump(...args: string[]): Promise<{ code: number; text: string }> {
  const code = await runCli(['dump', ...args, '--data-folder', folder]);
  return { code, text: Buffer.concat(out).toString('latin1') };
}
const lines = (text: string) => text.trimEnd().split('\n');
const json = (text: string) => lines(text).map((line) => JSON.parse(line));

describe('rackside dump', () => {
  test('index says what is in it', async () => {
    const { code, text } = await dump('index', path, '--json');
    const [{ wall_ms, cpu_ms, rss_bytes, bytes, ...rest }] = json(text);
    expect([code, [wall_ms, cpu_ms, rss_bytes, bytes].every((value) => value >= 0)]).toEqual([0, true]);
    expect(rest).toEqual({
      ...{ entries: 5, samples: 0, parts: 1, torn: 0, lying: 0, suspect: 0, skipped_bytes: 0, sizes_trusted: true },
      ...{ first: '2026-04-22T20:00:01.000Z', last: '2026-04-22T20:00:05.000Z' },
      notes: ['samples.log is missing: what the readings were then is computed anew.'],
    });
  });

  test.each([
    { filter: [], positions: [0, 1, 2, 3, 4] },
    { filter: ['--mark', 'failed'], positions: [2, 3] },
    { filter: ['--mark', 'not-run'], positions: [3] },
    { filter: ['--command', 'ZPOOL', '--from', '2026-04-22T20:00:02'], positions: [1] },
    { filter: ['--until', '2026-04-22T22:00:02+02:00', '-n', '1'], positions: [0] },
    { filter: ['--exit', '2'], positions: [2] },
  ])('list $filter', async ({ filter, positions }) => {
    const { code, text } = await dump('list', path, '--json', ...filter);
    expect([code, json(text).map(({ position }) => position)]).toEqual([0, positions]);
  });

  test('list in lines', async () => {
    expect(lines((await dump('list', path, '--exit', '2')).text)).toEqual([
      '       2  2026-04-22T20:00:03.000Z  exit 2          3 ms         12 B  smartctl -a /dev/sda',
    ]);
  });

  test('show gives the bytes as they are', async () => {
    const { code, text } = await dump('show', path, '4');
    expect([code, text]).toEqual([0, binary.toString('latin1')]);
    expect(await dump('show', path, '5')).toMatchObject({ code: 1 });
    expect(told.at(-1)).toMatch(/There is no entry 5: the dump has 5/);
  });

  test('search tells where, or how often, and fails where nowhere', async () => {
    const found = await dump('search', path, 'no errors', '--json');
    expect([found.code, json(found.text).map(({ position, text }) => [position, text])]).toEqual([
      0,
      [
        [0, 'no errors'],
        [1, 'no errors'],
      ],
    ]);
    out.length = 0;
    expect(await dump('search', path, 'online|DEGRADED', '--regex', '-i', '-c')).toEqual({
      code: 0,
      text: '2 in 2 entries\n',
    });
    out.length = 0;
    expect(await dump('search', path, 'nowhere', '-c')).toEqual({ code: 1, text: '0 in 0 entries\n' });
  });

  test('stats tell each command', async () => {
    const { text } = await dump('stats', path, '--json', '--command', 'zpool');
    expect(json(text)).toEqual([
      {
        ...{ id: 0, command: 'zpool status', runs: 2, failures: 0, bytes: 46, mean_ms: 1.5, p95_ms: 2, max_ms: 2 },
        ...{ min_bytes: 22, mean_bytes: 23, max_bytes: 24 },
        ...{ first: '2026-04-22T20:00:01.000Z', last: '2026-04-22T20:00:02.000Z' },
      },
    ]);
  });

  test('diff shows what changed, and fails where something did', async () => {
    const { code, text } = await dump('diff', `${path}:0`, `${path}:1`);
    expect([code, lines(text).slice(2)]).toEqual([1, ['-tank ONLINE', '+tank DEGRADED', ' no errors']]);
    expect((await dump('diff', `${path}:0`, `${path}:0`)).code).toBe(0);
  });

  test('slice writes a dump and never over another; redacted, what it names is gone', async () => {
    const to = join(folder, 'part');
    const filter = ['--command', 'zpool', '--to', to, '--word', 'DEGRADED'];
    const { code, text } = await dump('slice', path, '--json', ...filter);
    const [{ entries, samples, replaced, done }] = json(text);
    expect({ code, entries, samples, replaced, done }).toEqual({
      ...{ code: 0, entries: 2, samples: 0, replaced: { word: 1 }, done: true },
    });
    const log = readFileSync(join(to, 'commands.log'), 'latin1');
    expect([log.includes('tank ONLINE'), log.includes('DEGRADED'), log.length]).toEqual([true, false, 222]);
    expect((await dump('slice', path, ...filter)).code).toBe(1);
    expect(told.at(-1)).toMatch(/is there already: choose a new name/);
    out.length = 0;
    expect((await dump('slice', path, '--preview', '--word', 'no errors')).text).toMatch(/^word +2 {2}no errors /);
  });

  test.each([
    ['list', []],
    ['show', ['2']],
    ['search', ['no errors', '--json']],
    ['search', ['cannot|bytes', '--regex', '-c']],
    ['stats', ['--json']],
  ])('%s %j says the same of a dump that was rotated', async (command, args) => {
    const whole = await dump(command, path, ...args);
    expect(whole.code).toBe(0);
    for (const one of rotated) {
      out.length = 0;
      expect(await dump(command, one, ...args)).toEqual(whole);
    }
  });

  test('slice makes one dump of all parts', async () => {
    for (const [index, one] of rotated.entries()) {
      const to = join(folder, `joined-${index}`);
      await dump('slice', one, '--to', to);
      expect(readFileSync(join(to, 'commands.log')).equals(readFileSync(path))).toBe(true);
    }
  });

  test('report writes a moment as a page', async () => {
    const to = join(folder, 'moment.html');
    const { code } = await dump('report', path, '--at', '2026-04-22T20:00:03', '--to', to);
    const page = readFileSync(to, 'utf8');
    expect([code, page.includes('smartctl -a /dev/sda'), page.includes('<script')]).toEqual([0, true, false]);
    expect((await dump('report', path, '--to', to)).code).toBe(1);
  });

  test.each([
    ['nothing'],
    [],
    ['list'],
    ['show', 'x', 'y'],
    ['diff', 'x', 'y'],
    ['list', 'x', '--mark', 'odd'],
    ['slice', 'x'],
    ['slice', 'x', '--to', 'y', '--word', 'z'],
    ['report', 'x'],
    ['search', 'x', ''],
  ])('what is not understood: %s', async (...args) => {
    expect((await dump(...args)).code).toBe(2);
  });
});
